// Where "New messages" stands. It stays where it was when the screen opened, until messages arrive
// that the reader is not there to see. Pure.
import type { ConversationState } from "@meetinity/client";
import { indexFrom } from "./list-change.ts";

type Shown = Pick<ConversationState, "messages" | "readSeq" | "unreadCount">;

/** The `seq` of the first message behind the line; null: there is no line. */
export function nextUnreadMark(
  mark: number | null,
  { messages, readSeq, unreadCount }: Shown,
  viewerId: string | null,
  isReaderThere: boolean,
): number | null {
  const isOver = mark === null || mark <= readSeq;
  if (isReaderThere || !isOver || unreadCount === 0) return mark;
  for (let index = indexFrom(messages, readSeq + 1); index < messages.length; index += 1) {
    const message = messages[index];
    if (message && message.sender?.id !== viewerId && message.deletedAt === null)
      return message.seq;
  }
  return mark;
}
