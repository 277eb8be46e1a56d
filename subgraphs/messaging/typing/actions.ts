// Telling that one types, and hearing of the others: both for those who are in the conversation.
import { z } from "zod";
import type { LiveEntries } from "#kit/live/merged";
import type { Follower } from "#kit/live/reader";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../context.ts";
import { findMembership } from "../conversations/store.ts";
import { followConversation } from "../following.ts";
import { sendTyping } from "../signalling.ts";
import { conversationStream } from "../streams.ts";
import { findTypingAccess, type TypingAccess, type TypingChangedRow } from "./store.ts";

const typingShape = z.object({
  personId: z.string(),
  isTyping: z.boolean(),
  createdAt: z.coerce.date(),
});

/** Tells the others; false when there is no such conversation for the viewer. */
export async function setTyping(
  context: Context,
  conversationId: string,
  isTyping: boolean,
): Promise<boolean> {
  const { id: personId } = requireViewer(context);
  if (!(await findMembership(context.database, conversationId, personId))) return false;
  if (context.typing.admits(conversationId, personId, isTyping)) {
    sendTyping(context, conversationId, { personId, isTyping });
  }
  return true;
}

/**
 * What the others do, for one who is in the conversation, as long as they are; else null. Of
 * somebody on the other side of a block nothing is heard. The id is canonical.
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
  const heard = await signals.listen(conversationStream(conversationId), viewer.expiresAt, stop);
  endWith(followed.entries, heard);
  const accessTo = (speakerId: string) =>
    findTypingAccess(database, conversationId, viewer.id, speakerId);
  return ofOthers(heard, { conversationId, viewerId: viewer.id, accessTo });
}

/** Ends what is heard when there is nothing more to follow, and for the same reason. */
function endWith(followed: LiveEntries, heard: Follower): void {
  const toTheEnd = async () => {
    while (!(await followed.nextMatching(() => false)).done);
  };
  toTheEnd().then(
    () => heard.end(null),
    (error: Error) => heard.end(error),
  );
}

interface TypingWatch {
  readonly conversationId: string;
  readonly viewerId: string;
  /** Asked at each signal, which are few: of a group, the answer is the block. */
  readonly accessTo: (speakerId: string) => Promise<TypingAccess>;
}

function ofOthers(
  heard: AsyncIterableIterator<unknown>,
  { conversationId, viewerId, accessTo }: TypingWatch,
): AsyncIterableIterator<TypingChangedRow> {
  return {
    async next() {
      for (;;) {
        const result = await heard.next();
        if (result.done) return { done: true, value: undefined };
        const signal = typingShape.parse(result.value);
        if (signal.personId === viewerId) continue;
        const { isIn, isBlocked } = await accessTo(signal.personId);
        // Who is in no more is about to be told so by what they follow.
        if (isIn && !isBlocked) {
          return { done: false, value: { __typename: "TypingChanged", conversationId, ...signal } };
        }
      }
    },
    async return() {
      await heard.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
