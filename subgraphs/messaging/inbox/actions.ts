// Following all of a person's streams as one: conversations come with the entry of their own log
// that says so, and go with the entry of the conversation that puts them out.
import { requireViewer, type Viewer } from "#kit/identity";
import type { MergedEntries } from "#kit/live";
import type { Entry } from "#kit/logs";
import { beyondTheEnd } from "#kit/merged";
import type { Context } from "../context.ts";
import { ownEntryOf, putsOut } from "../entries.ts";
import { conversationOfStream } from "../streams.ts";
import { beginningOf, type Position, repeatedAt } from "./rules.ts";
import { findStream, findStreams, forgetMarks, keepMarks, type StreamRow } from "./store.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;
const MARKS_KEPT_MS = 60 * DAY_MS;

export type OpenOutcome =
  | { readonly kind: "open"; readonly entries: AsyncIterableIterator<Entry> }
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
  const at = repeatedAt(named);
  if (at !== -1) return { kind: "repeated", at };
  const { database, live } = context;
  const streams = await findStreams(database, viewer);
  // Judged by the heads of the look that saw the viewer in: an entry that puts them out afterwards
  // is behind every position.
  const beginning = beginningOf(streams, named);
  if (beginning.kind === "beyond") {
    throw beyondTheEnd(beginning.streamId, beginning.seq, beginning.head);
  }
  const { positions } = beginning;
  const starts = positions.map(({ streamId, seq }) => ({ streamId, after: seq }));
  const entries = await live.openMany(starts, viewer);
  try {
    const { id: personId, sessionId } = viewer;
    await keepMarks(
      database,
      positions.map((position) => ({ ...position, personId, sessionId })),
    );
    await forgetMarks(database, personId, new Date(context.now().getTime() - MARKS_KEPT_MS));
  } catch (error) {
    await entries.return?.();
    throw error;
  }
  return { kind: "open", entries: inboxOf({ context, viewer, entries }, streams) };
}

interface Inbox {
  readonly context: Context;
  readonly viewer: Viewer;
  readonly entries: MergedEntries;
}

function inboxOf(inbox: Inbox, streams: readonly StreamRow[]): AsyncIterableIterator<Entry> {
  const { entries, context, viewer } = inbox;
  const { marks, log } = context;
  const attend = attendant(inbox, streams, mark);
  let handed: Entry | undefined;

  function mark({ streamId, seq }: Position): void {
    marks.put({ sessionId: viewer.sessionId, personId: viewer.id, streamId, seq }, log);
  }

  async function end(): Promise<void> {
    handed = undefined;
    await entries.return?.();
    await marks.flush(log);
  }

  return {
    async next() {
      // Whoever asks for the next entry has taken the one before.
      if (handed) mark(handed);
      handed = undefined;
      try {
        const result = await entries.next();
        if (result.done) await end();
        else {
          await attend(result.value);
          handed = result.value;
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

/** What an entry changes about the streams that are followed; done before it is handed over. */
function attendant(
  { context, viewer, entries }: Inbox,
  streams: readonly StreamRow[],
  mark: (begun: Position) => void,
): (entry: Entry) => Promise<void> {
  /** The entry that brought the viewer into each conversation that is followed. */
  const joined = new Map(streams.map(({ streamId, joinedSeq }) => [streamId, joinedSeq]));
  /** The last entry of each conversation that was followed before. */
  const left = new Map<string, number>();

  async function join(conversationId: string): Promise<void> {
    // They may be out again, or in again before the entry that had put them out was read.
    const found = await findStream(context.database, viewer, conversationId);
    if (!found) return;
    const { streamId, joinedSeq, position } = found;
    const isFollowed = joined.has(streamId);
    joined.set(streamId, joinedSeq);
    if (isFollowed) return;
    const seq = left.get(streamId) ?? position;
    await entries.follow([{ streamId, after: seq }]);
    mark({ streamId, seq });
  }

  return async (entry) => {
    const { streamId, seq } = entry;
    if (conversationOfStream(streamId) === null) {
      const { type, payload } = ownEntryOf(entry);
      if (type === "conversationAdded") await join(payload.conversationId);
    } else if (putsOut(entry, viewer.id, joined.get(streamId) ?? 0)) {
      entries.unfollow(streamId);
      joined.delete(streamId);
      left.set(streamId, seq);
    }
  };
}
