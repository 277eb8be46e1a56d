// Follows all streams of a person as one. A conversation is added at an entry of the person's own
// stream, and dropped at the entry of its own stream that removes the person.

import { newId } from "#kit/data/id";
import { fail, signInFirst } from "#kit/errors";
import type { MergedEntries } from "#kit/live/live";
import { beyondTheEnd } from "#kit/live/merged";
import type { Entry } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../context.ts";
import { removes } from "../entries.ts";
import { ownEntryOf } from "../own-entries.ts";
import { conversationOfStream } from "../streams.ts";
import {
  type InboxStream,
  indexOfRepeat,
  isVisible,
  knownPosition,
  type Position,
  startOf,
} from "./rules.ts";
import {
  connectSubscriber,
  findAdded,
  findStream,
  findStreams,
  replaceMarks,
  type SubscriberConnection,
} from "./store.ts";
import { createUnacknowledged, type Unacknowledged } from "./unacknowledged.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
const SUBSCRIBER_KEPT_MS = 30 * DAY_MS;
const SUBSCRIBERS_MAX = 20;

export type OpenOutcome =
  | {
      readonly kind: "open";
      /** The positions at which the streams start, sent first; null when the client knows them. */
      readonly start: readonly Position[] | null;
      readonly entries: AsyncIterableIterator<Entry>;
    }
  | { readonly kind: "repeated"; readonly at: number };

/**
 * Opens the streams of the viewer's conversations and their own stream, at the positions in `named`
 * or at the subscriber's marks. Membership is enough: a blocked pair may still read what was said.
 */
export async function openInbox(
  context: Context,
  named: readonly Position[],
): Promise<OpenOutcome> {
  const viewer = requireViewer(context);
  const at = indexOfRepeat(named);
  if (at !== -1) return { kind: "repeated", at };
  const { database, live, subscriber } = context;
  const connection = subscriber && {
    personId: viewer.id,
    subscriberId: subscriber.id,
    id: newId(),
  };
  const known =
    connection && (await connectSubscriber(database, connection, subscriberLimits(context.now())));
  if (connection && !known) throw signInFirst();
  // Heads and membership are of one snapshot, so a removal after it is behind every position.
  const streams = await findStreams(database, viewer.id, connection?.subscriberId ?? null);
  const start = startOf(streams, named, await addedConversations(context, streams, named));
  if (start.kind === "beyond") {
    throw beyondTheEnd(start.streamId, start.seq, start.head);
  }
  const { positions, isContinued } = start;
  // Sent again until it is acknowledged: without it the client has no positions for its state.
  const sendsOpened = !isContinued || (known?.isBegun === false && named.length < positions.length);
  const starts = positions.map(({ streamId, seq }) => ({ streamId, after: seq }));
  const merged = await live.openMany(starts, viewer);
  try {
    if (connection) await replaceMarks(database, connection, positions, !sendsOpened);
  } catch (error) {
    await merged.return();
    throw error;
  }
  const unacknowledged = createUnacknowledged();
  if (sendsOpened) unacknowledged.add(positions);
  const inbox: Inbox = {
    context,
    personId: viewer.id,
    entries: merged,
    connection,
    unacknowledged,
  };
  const entries = inboxOf(inbox, streams);
  return { kind: "open", start: sendsOpened ? positions : null, entries };
}

function subscriberLimits(now: Date) {
  const idleSince = new Date(now.getTime() - SUBSCRIBER_KEPT_MS);
  return { now, idleSince, subscribersMax: SUBSCRIBERS_MAX };
}

/** Selects the conversations whose start is in a coming entry of the viewer's own stream. */
async function addedConversations(
  { database }: Context,
  streams: readonly InboxStream[],
  named: readonly Position[],
): Promise<(streamId: string) => boolean> {
  const own = streams.find(({ streamId }) => conversationOfStream(streamId) === null);
  const seq = own && knownPosition(own, named);
  if (!own || seq === null || seq === undefined || seq >= own.head) return () => false;
  const added = await findAdded(database, { streamId: own.streamId, seq });
  return (streamId) => added.has(conversationOfStream(streamId) ?? "");
}

interface Inbox {
  readonly context: Context;
  readonly personId: string;
  readonly entries: MergedEntries;
  /** Null without a subscriber: then no marks are kept. */
  readonly connection: SubscriberConnection | null;
  readonly unacknowledged: Unacknowledged;
}

function inboxOf(inbox: Inbox, streams: readonly InboxStream[]): AsyncIterableIterator<Entry> {
  const { entries, unacknowledged } = inbox;
  const updateStreams = streamFollower(inbox, streams);
  const stopMarks = startMarks(inbox);

  async function end(): Promise<void> {
    await entries.return();
    await stopMarks();
  }

  return {
    async next() {
      try {
        const result = await entries.next();
        if (result.done) await end();
        else {
          const begun = await updateStreams(result.value);
          unacknowledged.add([result.value, ...begun]);
        }
        return result;
      } catch (error) {
        await end();
        throw error;
      }
    },
    async return() {
      await end();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Moves the subscriber's marks as its client acknowledges events; returns how to stop that. */
function startMarks({ context, entries, connection, unacknowledged }: Inbox): () => Promise<void> {
  if (!connection) return async () => {};
  const { marks, log, subscriber } = context;
  const forget = marks.watch(connection, () => entries.end(replacedError(connection.subscriberId)));
  subscriber?.whenReceived((count) => {
    for (const position of unacknowledged.acknowledge(count))
      marks.put({ ...position, connection }, log);
  });
  return async () => {
    forget();
    await marks.flush(log);
  };
}

function replacedError(subscriberId: string) {
  const message =
    "Another connection goes on as this subscriber, or many others have come since: " +
    "choose a subscriberId for each tab.";
  return fail("CONFLICT", message, { subscriberId });
}

/**
 * Updates the followed streams for an entry, before the entry is delivered. Returns the positions
 * at which new streams start; they are acknowledged with the entry. Without such a mark, a stream
 * would start at its head the next time.
 */
function streamFollower(
  { context, personId, entries }: Inbox,
  streams: readonly InboxStream[],
): (entry: Entry) => Promise<readonly Position[]> {
  /** For each followed conversation, the seq of the entry that added the viewer. */
  const joined = new Map(streams.map(({ streamId, joinedSeq }) => [streamId, joinedSeq]));
  /** For each conversation that was followed before, the seq of its last entry. */
  const left = new Map<string, number>();

  async function join(conversationId: string): Promise<readonly Position[]> {
    // The viewer may have been removed since, or added again before the removal was read.
    const found = await findStream(context.database, personId, conversationId);
    if (!found) return [];
    const { streamId, joinedSeq, visibleFromSeq } = found;
    const isFollowed = joined.has(streamId);
    joined.set(streamId, joinedSeq);
    if (isFollowed) return [];
    const last = left.get(streamId);
    const seq = last !== undefined && isVisible(last, visibleFromSeq) ? last : undefined;
    await entries.follow([{ streamId, after: seq ?? joinedSeq }]);
    return seq === undefined ? [{ streamId, seq: joinedSeq }] : [];
  }

  return async (entry) => {
    const { streamId, seq } = entry;
    if (conversationOfStream(streamId) === null) {
      const { type, payload } = ownEntryOf(entry);
      if (type === "conversationAdded") return join(payload.conversationId);
    } else if (removes(entry, personId, joined.get(streamId) ?? 0)) {
      entries.unfollow(streamId);
      joined.delete(streamId);
      left.set(streamId, seq);
    }
    return [];
  };
}
