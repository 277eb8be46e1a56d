// Follows the supergraph file: what is put in its place becomes the graph, without a restart. A bad
// file is refused and told of, and the graph stays as it was.
import { unwatchFile, watchFile } from "node:fs";
import type { Log } from "#kit/service/logger";
import type { Graph } from "./graph.ts";
import { readSupergraphFile } from "./supergraph.ts";
import type { Metrics } from "./telemetry/metrics.ts";

/** How often the file is looked at: file systems of containers do not tell of changes. */
const LOOK_EVERY_MS = 1_000;

/** Follows the file at `path` until the returned function is called. */
export function followSupergraphFile(
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
  const look = () => {
    reloading = reloading.then(reload);
  };
  watchFile(path, { interval: LOOK_EVERY_MS, persistent: false }, look);
  return () => unwatchFile(path, look);
}
