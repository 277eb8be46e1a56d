// Following all of a person's streams as one: conversations come with the entry of their own log
// that says so, and go with the entry of the conversation that puts them out.

import { newId } from "#kit/data/id";
import { fail } from "#kit/errors";
import type { MergedEntries } from "#kit/live/live";
import { beyondTheEnd } from "#kit/live/merged";
import type { Entry } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../context.ts";
import { ownEntryOf, removes } from "../entries.ts";
import { conversationOfStream } from "../streams.ts";
import { type InboxStream, indexOfRepeat, knownPosition, type Position, startOf } from "./rules.ts";
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
      /** Where the streams begin, which is told first; null where the client knows. */
      readonly beginning: readonly Position[] | null;
      readonly entries: AsyncIterableIterator<Entry>;
    }
  | { readonly kind: "repeated"; readonly at: number };

/**
 * Opens the streams of the viewer's conversations and of their own log; `named` says where. By
 * membership alone: what a blocked pair has said stays readable.
 */
export async function openInbox(
  context: Context,
  named: readonly Position[],
): Promise<OpenOutcome> {
  const viewer = requireViewer(context);
  const at = indexOfRepeat(named);
  if (at !== -1) return { kind: "repeated", at };
  const { database, live, subscriber } = context;
  const opening = subscriber && { personId: viewer.id, subscriberId: subscriber.id, id: newId() };
  const known =
    opening && (await connectSubscriber(database, opening, subscriberLimits(context.now())));
  // Judged by the heads of the look that saw the viewer in: an entry that puts them out afterwards
  // is behind every position.
  const streams = await findStreams(database, viewer.id, opening?.subscriberId ?? null);
  const beginning = startOf(streams, named, await addedConversations(context, streams, named));
  if (beginning.kind === "beyond") {
    throw beyondTheEnd(beginning.streamId, beginning.seq, beginning.head);
  }
  const { positions, isContinued } = beginning;
  // It comes again until it is received: without it the client could not read the state beside it.
  const isTold = !isContinued || (known?.isBegun === false && named.length < positions.length);
  const starts = positions.map(({ streamId, seq }) => ({ streamId, after: seq }));
  const merged = await live.openMany(starts, viewer);
  try {
    if (opening) await replaceMarks(database, opening, positions, !isTold);
  } catch (error) {
    await merged.return();
    throw error;
  }
  const unacknowledged = createUnacknowledged();
  if (isTold) unacknowledged.add(positions);
  const inbox: Inbox = { context, personId: viewer.id, entries: merged, opening, unacknowledged };
  const entries = inboxOf(inbox, streams);
  return { kind: "open", beginning: isTold ? positions : null, entries };
}

function subscriberLimits(now: Date) {
  const idleSince = new Date(now.getTime() - SUBSCRIBER_KEPT_MS);
  return { now, idleSince, subscribersMax: SUBSCRIBERS_MAX };
}

/** Tells the conversations of whose beginning the viewer's own stream is about to tell. */
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
  /** Null for who is no subscriber: nothing is remembered of it. */
  readonly opening: SubscriberConnection | null;
  readonly unacknowledged: Unacknowledged;
}

function inboxOf(inbox: Inbox, streams: readonly InboxStream[]): AsyncIterableIterator<Entry> {
  const { entries, unacknowledged } = inbox;
  const updateStreams = streamFollower(inbox, streams);
  const stopMarking = startMarking(inbox);

  async function end(): Promise<void> {
    await entries.return();
    await stopMarking();
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

/** Moves the subscriber's marks as its client receives events; returns how to stop that. */
function startMarking({ context, entries, opening, unacknowledged }: Inbox): () => Promise<void> {
  if (!opening) return async () => {};
  const { marks, log, subscriber } = context;
  const forget = marks.watch(opening, () => entries.end(replacedError(opening.subscriberId)));
  subscriber?.whenReceived((count) => {
    for (const position of unacknowledged.receive(count)) marks.put({ ...position, opening }, log);
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
 * What an entry changes about the streams that are followed; done before it is handed over. Tells
 * where a stream begins with it, which is marked as received with the entry: without a mark it
 * would begin at its head from then on.
 */
function streamFollower(
  { context, personId, entries }: Inbox,
  streams: readonly InboxStream[],
): (entry: Entry) => Promise<readonly Position[]> {
  /** The entry that brought the viewer into each conversation that is followed. */
  const joined = new Map(streams.map(({ streamId, joinedSeq }) => [streamId, joinedSeq]));
  /** The last entry of each conversation that was followed before. */
  const left = new Map<string, number>();

  async function join(conversationId: string): Promise<readonly Position[]> {
    // They may be out again, or in again before the entry that had put them out was read.
    const found = await findStream(context.database, personId, conversationId);
    if (!found) return [];
    const { streamId, joinedSeq } = found;
    const isFollowed = joined.has(streamId);
    joined.set(streamId, joinedSeq);
    if (isFollowed) return [];
    const seq = left.get(streamId);
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
