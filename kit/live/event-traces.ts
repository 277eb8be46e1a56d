// The traces of entries in live streams: an entry that a sampled request appended is followed to
// the readers of it, as one span for each process and not for each reader.
import { LRUCache } from "lru-cache";
import { liveEvents } from "#kit/live/events";
import type { Entry } from "#kit/live/streams";

/** Older entries are a replay, which is not the end of the way of their request. */
const FRESH_MS = 60_000;
/** Sampled entries that somebody in this process follows. */
const FOLLOWED_MAX = 1_000;

const followed = new LRUCache<string, true>({ max: FOLLOWED_MAX });
const traces = new WeakMap<object, string>();

/** The trace of an entry that is on its way to its readers; null for most. */
export function freshTrace(
  { trace, createdAt }: Pick<Entry, "trace" | "createdAt">,
  now = Date.now(),
): string | null {
  return trace && now - createdAt.getTime() < FRESH_MS ? trace : null;
}

/**
 * The events of a stream of one viewer, made from its entries. The first reader of an entry in this
 * process follows its trace.
 */
export function eventsOf<Event extends object>(
  entries: AsyncIterator<Entry>,
  eventOf: (entry: Entry) => Event,
): AsyncIterableIterator<Event> {
  return liveEvents(entries, (entry) => {
    const event = eventOf(entry);
    const trace = freshTrace(entry);
    if (trace && isFirst(entry)) traces.set(event, trace);
    return event;
  });
}

function isFirst({ streamId, seq }: Entry): boolean {
  const key = `${streamId} ${seq}`;
  if (followed.has(key)) return false;
  followed.set(key, true);
  return true;
}

/** The trace that this reader of an event follows; null for most. */
export function traceOfEvent(event: unknown): string | null {
  return typeof event === "object" && event !== null ? (traces.get(event) ?? null) : null;
}
