// Sends the viewer's typing signal, and streams those of others, for members of a conversation.
import { z } from "zod";
import { mapIterator } from "#kit/live/iterators";
import type { LiveEntries } from "#kit/live/merged";
import type { Follower } from "#kit/live/reader";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../context.ts";
import { findMembership } from "../conversations/store.ts";
import { followConversation } from "../following.ts";
import { sendTyping } from "../signalling.ts";
import { conversationStream, personStream } from "../streams.ts";
import { paced } from "./pacing.ts";
import { findTypingAccess, type TypingAccess, type TypingChangedRow } from "./store.ts";

const typingShape = z.object({
  personId: z.string(),
  isTyping: z.boolean(),
  createdAt: z.coerce.date(),
});
const listShape = typingShape.extend({ conversationId: z.string() });

/** Signals the other members; false when the conversation does not exist for the viewer. */
export async function setTyping(
  context: Context,
  conversationId: string,
  isTyping: boolean,
): Promise<boolean> {
  const { id: personId } = requireViewer(context);
  if (!(await findMembership(context.database, conversationId, personId))) return false;
  if (context.typing.shouldSend(conversationId, personId, isTyping)) {
    await sendTyping(context, conversationId, { personId, isTyping });
  }
  return true;
}

/**
 * The typing signals of others, while the viewer may use the conversation; null if they may not.
 * People behind a block are left out. The id is canonical.
 */
export async function watchTyping(
  context: Context,
  conversationId: string,
): Promise<AsyncIterableIterator<TypingChangedRow> | null> {
  const viewer = requireViewer(context);
  const { database, signals } = context;
  const followed = await followConversation(context, viewer, conversationId, null);
  if (!followed) return null;
  const stop = () => void followed.entries.return();
  const received = await signals.listen(conversationStream(conversationId), viewer.expiresAt, stop);
  endWith(followed.entries, received);
  const accessTo = (speakerId: string) =>
    findTypingAccess(database, conversationId, viewer.id, speakerId);
  return ofOthers(received, { conversationId, viewerId: viewer.id, accessTo });
}

/** A list is told so often: typing lasts ten seconds for clients. */
const LIST_INTERVAL_MS = 3_000;

/**
 * The typing signals of others in all conversations of the viewer, as senders address them: nothing
 * is read or followed for this stream. They come in batches, so that a phone wakes rarely.
 */
export async function watchInboxTyping(
  context: Context,
): Promise<AsyncIterableIterator<TypingChangedRow>> {
  const viewer = requireViewer(context);
  const received = await context.signals.listen(personStream(viewer.id), viewer.expiresAt);
  const signals = mapIterator(received, (signal) => ({
    __typename: "TypingChanged" as const,
    ...listShape.parse(signal),
  }));
  return paced(signals, {
    intervalMs: LIST_INTERVAL_MS,
    keyOf: ({ conversationId, personId, isTyping }) => `${conversationId} ${personId} ${isTyping}`,
  });
}

/** Ends `received` when `followed` ends, with the same error. */
function endWith(followed: LiveEntries, received: Follower): void {
  const toTheEnd = async () => {
    while (!(await followed.nextMatching(() => false)).done);
  };
  toTheEnd().then(
    () => received.end(null),
    (error: Error) => received.end(error),
  );
}

interface TypingWatch {
  readonly conversationId: string;
  readonly viewerId: string;
  /** Queried for each signal; signals are few. */
  readonly accessTo: (speakerId: string) => Promise<TypingAccess>;
}

function ofOthers(
  received: AsyncIterableIterator<unknown>,
  { conversationId, viewerId, accessTo }: TypingWatch,
): AsyncIterableIterator<TypingChangedRow> {
  return {
    async next() {
      for (;;) {
        const result = await received.next();
        if (result.done) return { done: true, value: undefined };
        const signal = typingShape.parse(result.value);
        if (signal.personId === viewerId) continue;
        const { isIn, isBlocked } = await accessTo(signal.personId);
        // For a viewer who may no longer use it, the followed stream is about to end this one.
        if (isIn && !isBlocked) {
          return { done: false, value: { __typename: "TypingChanged", conversationId, ...signal } };
        }
      }
    },
    async return() {
      await received.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
