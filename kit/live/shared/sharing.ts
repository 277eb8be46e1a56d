// The interface between a feature and the kit for a subscription marked `@shared`: the feature
// opens a stream, and the kit makes it an ordinary stream, a control stream or a feed.
import { liveEvents } from "#kit/live/events";
import type { LiveEntries } from "#kit/live/merged";
import type { Entry } from "#kit/live/streams";

/**
 * A stream as a feature opens it. For a viewer it gives the entries of `streamId`, and ends
 * where the viewer's access does. For an audience (`context.feed` is its share key) it does not
 * end, and has entries of other streams too, where those revoke viewers.
 */
export interface WatchedStream {
  readonly entries: LiveEntries;
  /** The stream whose entries are the events. */
  readonly streamId: string;
  /** Equal for all viewers who see the same events for these arguments, and for their audience. */
  readonly shareKey: string;
  /** The head of the stream when the viewer was authorized. */
  readonly head: number;
  /** The viewers who may see nothing behind this entry. */
  revokedBy(entry: Entry): readonly string[];
  /** True for an entry that changes earlier ones, which must not be shown as they were. */
  rewrites(entry: Entry): boolean;
  /**
   * False for an entry that not all viewers see alike. The feed leaves it out, and each viewer gets
   * it by their own control stream.
   */
  isAlike(entry: Entry): boolean;
}

/** A watched stream, and how its entries become events. */
export interface Shareable {
  readonly watched: WatchedStream;
  eventOf(entry: Entry): unknown;
}

const shareables = new WeakMap<object, Shareable>();

/** The events of a shared subscription, for its resolver to return. */
export function shareableEvents<Event extends object>(
  watched: WatchedStream,
  eventOf: (entry: Entry) => Event,
): AsyncIterableIterator<Event> {
  const events = liveEvents(watched.entries, eventOf);
  shareables.set(events, { watched, eventOf });
  return events;
}

/**
 * The argument of the {@link shareableEvents} that made `events`; undefined for other iterators.
 */
export function shareableOf(events: object): Shareable | undefined {
  return shareables.get(events);
}
