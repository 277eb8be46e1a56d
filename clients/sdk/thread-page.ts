// The page of a thread as the parts of a screen: the message with which it begins, and its replies.
import type { ThreadPageQuery } from "./generated/operations.ts";
import type { Message } from "./messages.ts";
import { EMPTY, type Timeline } from "./timeline.ts";

export type ThreadPageRoot = NonNullable<ThreadPageQuery["message"]>;

export function rootOf({ conversation: _, thread, ...root }: ThreadPageRoot): Message {
  if (!thread) return { ...root, replyTo: null, thread };
  const { messages: _replies, participants: _people, unreadCount: _count, ...mark } = thread;
  return { ...root, replyTo: null, thread: mark };
}

export function repliesOf({ thread }: ThreadPageRoot): Timeline {
  if (!thread) return EMPTY;
  const { edges, pageInfo } = thread.messages;
  return {
    ...EMPTY,
    messages: edges.map(({ node }) => ({ ...node, thread: null })),
    earlierCursor: pageInfo.hasPreviousPage ? pageInfo.startCursor : null,
  };
}
