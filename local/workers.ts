// The workers of all subgraphs in one process, for one machine. A deployment runs
// subgraphs/<name>/worker.ts once for each.
import { extname } from "node:path";
import { type StartWorker, serveWorkers } from "#kit/jobs/worker";
import { runService } from "#kit/service/lifecycle";
import { subgraphNames } from "./project.ts";

const extension = extname(import.meta.url);

async function starterOf(subgraph: string): Promise<StartWorker> {
  const { start } = await import(`../subgraphs/${subgraph}/worker${extension}`);
  return start;
}

await runService(async () =>
  serveWorkers("workers", await Promise.all(subgraphNames().map(starterOf))),
);
