// The events of a subscription whose source is a stream of entries, so that the kit knows when the
// entry of an event was stored.
import { mapIterator } from "#kit/live/iterators";
import type { Entry } from "#kit/live/streams";

const storedAts = new WeakMap<object, number>();

/** The events of these entries, in order. */
export function liveEvents<Event extends object>(
  entries: AsyncIterator<Entry>,
  eventOf: (entry: Entry) => Event,
): AsyncIterableIterator<Event> {
  return mapIterator(entries, (entry) => {
    const event = eventOf(entry);
    storedAts.set(event, entry.createdAt.getTime());
    return event;
  });
}

/** When the entry of an event was stored, in ms since the epoch; undefined for other events. */
export function storedAtOf(event: unknown): number | undefined {
  return typeof event === "object" && event !== null ? storedAts.get(event) : undefined;
}
