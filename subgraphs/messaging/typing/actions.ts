// Telling that one types, and hearing of the others: both for those who are in the conversation.
import { z } from "zod";
import { requireViewer } from "#kit/identity";
import type { Context } from "../context.ts";
import { findStanding } from "../conversations/store.ts";
import { conversationStream } from "../streams.ts";
import { findHearing, type Hearing, type TypingChangedRow } from "./store.ts";

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
  if (!(await findStanding(context.database, conversationId, personId))) return false;
  if (context.typing.admits(`${conversationId} ${personId} ${isTyping}`)) {
    const signal = { personId, isTyping, createdAt: context.now() };
    context.signals.send(conversationStream(conversationId), signal);
  }
  return true;
}

/**
 * What the others do, for one who is in the conversation; else null. Of somebody on the other side
 * of a block nothing is heard. The id is canonical.
 */
export async function listenTo(
  context: Context,
  conversationId: string,
): Promise<AsyncIterableIterator<TypingChangedRow> | null> {
  const { id: viewerId, expiresAt } = requireViewer(context);
  const { database, signals } = context;
  if (!(await findStanding(database, conversationId, viewerId))) return null;
  const heard = await signals.listen(conversationStream(conversationId), expiresAt);
  const hearingOf = (speakerId: string) =>
    findHearing(database, conversationId, viewerId, speakerId);
  return ofOthers(heard, { conversationId, viewerId, hearingOf });
}

interface Listening {
  readonly conversationId: string;
  readonly viewerId: string;
  /** Asked at each signal, which are few: the answer is the revocation, and the block. */
  readonly hearingOf: (speakerId: string) => Promise<Hearing>;
}

function ofOthers(
  heard: AsyncIterableIterator<unknown>,
  { conversationId, viewerId, hearingOf }: Listening,
): AsyncIterableIterator<TypingChangedRow> {
  return {
    async next() {
      for (;;) {
        const result = await heard.next();
        if (result.done) return { done: true, value: undefined };
        const signal = typingShape.parse(result.value);
        if (signal.personId === viewerId) continue;
        const { isIn, isBlocked } = await hearingOf(signal.personId);
        if (!isIn) await heard.return?.();
        else if (!isBlocked) {
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
