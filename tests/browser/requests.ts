// Records the operations that a page sends, over both transports. Each HTTP request gets a trace of
// its own, by which the subgraphs' logs say how many SQL statements it took.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page, WebSocket } from "playwright-core";
import { traceparentOf } from "../../kit/service/trace.ts";
import { subgraphNames } from "../../local/project.ts";
import { stack } from "../kit/stack.ts";

export interface Sent {
  readonly name: string;
  /** As JSON: two requests with equal ones are one too many. */
  readonly variables: string;
  /** Null for a subscription. */
  readonly traceId: string | null;
  /** Milliseconds from the beginning of the recording. */
  readonly atMs: number;
}

interface Body {
  readonly query?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash: string } };
}

interface Manifest {
  readonly operations: readonly { readonly id: string; readonly name: string }[];
}

const manifest: Manifest = JSON.parse(readFileSync("schema/persisted-queries.json", "utf8"));
const names = new Map(manifest.operations.map(({ id, name }) => [id, name]));

/** Call it before the page goes anywhere. The returned list grows. */
export async function recordRequests(page: Page): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const since = Date.now();
  const note = (body: Body, traceId: string | null) =>
    sent.push({
      name: nameOf(body),
      variables: JSON.stringify(body.variables ?? {}),
      traceId,
      atMs: Date.now() - since,
    });
  await page.route("**/graphql", async (route) => {
    const request = route.request();
    if (request.method() !== "POST") return route.continue();
    const traceId = randomUUID().replaceAll("-", "");
    note(request.postDataJSON(), traceId);
    const headers = { ...request.headers(), traceparent: traceparentOf(traceId) };
    return route.continue({ headers });
  });
  page.on("websocket", (socket: WebSocket) => {
    socket.on("framesent", ({ payload }) => {
      const frame = JSON.parse(String(payload));
      if (frame.type === "subscribe") note(frame.payload, null);
    });
  });
  return sent;
}

function nameOf({ query = "", extensions }: Body): string {
  const id = extensions?.persistedQuery?.sha256Hash;
  const name = id ? names.get(id) : /^\s*(?:query|mutation|subscription) (\w+)/m.exec(query)?.[1];
  if (!name) throw new Error(`A page sent an operation that has no name: ${query || id}`);
  return name;
}

interface Line {
  readonly msg: string;
  readonly traceId: string;
  readonly statements: number;
}

/** The statements of each trace by subgraph, as in `events 3, users 1`. Logs lag a little. */
export async function statementsByTrace(): Promise<ReadonlyMap<string, string>> {
  const counts = new Map<string, Map<string, number>>();
  for (const subgraph of subgraphNames().toSorted()) {
    const log = await readFile(join(stack().dataDir, "logs", `${subgraph}.log`), "utf8");
    for (const line of log.split("\n")) {
      if (!line.includes('"answered"') || !line.includes('"traceId"')) continue;
      const { msg, traceId, statements } = JSON.parse(line) as Line;
      if (msg !== "answered") continue;
      const ofTrace = counts.get(traceId) ?? new Map<string, number>();
      counts.set(traceId, ofTrace.set(subgraph, (ofTrace.get(subgraph) ?? 0) + statements));
    }
  }
  return new Map([...counts].map(([traceId, ofTrace]) => [traceId, textOf(ofTrace)]));
}

const textOf = (counts: ReadonlyMap<string, number>) =>
  [...counts].map(([subgraph, count]) => `${subgraph} ${count}`).join(", ");
