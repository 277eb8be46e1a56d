// The panel of a thread is not in the first scripts of a conversation: it comes once that is shown.
import { useOnDemand } from "@meetinity/ui/shell/on-demand.ts";
import type { ThreadPanelProps } from "./thread-panel.tsx";
import type { OpenThread } from "./use-thread.ts";

const load = () => import("./thread-panel.tsx").then(({ ThreadPanel }) => ThreadPanel);

/** Null until it is loaded. */
export function useThreadPanel({ rootId, place }: OpenThread) {
  return useOnDemand<ThreadPanelProps>(load, rootId !== null, place.close);
}
