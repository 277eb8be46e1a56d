// The figures of the running system, for one admin, as they change.
import { mapIterator } from "#kit/live/iterators";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../context.ts";
import { statsOf } from "./stats.ts";

/** Ends with the viewer's token. */
export function watchStats(context: Context): AsyncIterableIterator<ReturnType<typeof statsOf>> {
  const { expiresAt } = requireViewer(context);
  return mapIterator(context.summaries.follow(expiresAt), statsOf);
}
