// Watches the supergraph file: a new file becomes the graph without a restart. A file that cannot
// be loaded is logged and counted, and the graph stays as it is.
import { unwatchFile, watchFile } from "node:fs";
import type { Log } from "#kit/service/logger";
import { readSupergraphFile } from "../supergraph/supergraph.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { Graph } from "./graph.ts";

/** It polls, because file systems of containers send no change events. */
const POLL_MS = 1_000;

/** Watches the file at `path` until the returned function is called. */
export function watchSupergraphFile(
  path: string,
  graph: Pick<Graph, "replace" | "current">,
  { metrics, log }: { readonly metrics: Metrics; readonly log: Log },
): () => void {
  let reloading = Promise.resolve();
  async function reload(): Promise<void> {
    try {
      const sdl = await readSupergraphFile(path);
      if (sdl === graph.current.supergraph.sdl) return;
      await graph.replace(sdl);
      metrics.reload("ok");
      log.info({ path }, "the supergraph was reloaded");
    } catch (error) {
      metrics.reload("refused");
      log.error({ err: error, path }, "a new supergraph was refused: the old one stays");
    }
  }
  const onChange = () => {
    reloading = reloading.then(reload);
  };
  watchFile(path, { interval: POLL_MS, persistent: false }, onChange);
  return () => unwatchFile(path, onChange);
}
