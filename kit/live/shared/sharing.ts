// The seam between a feature's subscription that many may share and the kit, which makes of it an
// ordinary stream, a control stream of one viewer, or the feed of all. It opens and sends nothing.
import { mapIterator } from "#kit/live/iterators";
import type { LiveEntries } from "#kit/live/merged";
import type { Entry } from "#kit/live/streams";

/**
 * A stream as a feature opens it. For one viewer it gives the entries of `streamId` and ends where
 * theirs do. For the audience of all viewers (`context.feed` says whose) it goes on, with entries
 * of other streams that put people out, and `revokedBy` says whom.
 */
export interface WatchedStream {
  readonly entries: LiveEntries;
  /** The stream whose entries are the events. */
  readonly streamId: string;
  /** Equal for all who see the same events for the same arguments, and for their audience. */
  readonly shareKey: string;
  /** Where the stream was when the viewer was admitted. */
  readonly head: number;
  /** Who may see nothing behind this entry. */
  revokedBy(entry: Entry): readonly string[];
  /**
   * True for an entry that changes what those before it say, so that they are not to be shown as
   * they were.
   */
  rewrites(entry: Entry): boolean;
}

/** A watched stream, and how its entries become events. */
export interface Shareable {
  readonly watched: WatchedStream;
  eventOf(entry: Entry): unknown;
}

const shareables = new WeakMap<object, Shareable>();

/** The events of a stream that many may share, as a subscription's resolver returns them. */
export function shareableEvents<Event>(
  watched: WatchedStream,
  eventOf: (entry: Entry) => Event,
): AsyncIterableIterator<Event> {
  const events = mapIterator(watched.entries, eventOf);
  shareables.set(events, { watched, eventOf });
  return events;
}

/** What {@link shareableEvents} made these events of; undefined for all other iterators. */
export function shareableOf(events: object): Shareable | undefined {
  return shareables.get(events);
}
