// The part of a message that tells about its thread. Pure: events and marks in, messages out. The
// replies themselves are in thread.ts.
import type { Message } from "./messages.ts";
import type { ConversationEvent } from "./subscriptions.ts";

type ThreadMark = NonNullable<Message["thread"]>;
type MessageEvent = Extract<ConversationEvent, { readonly message: unknown }>;
/** Of events, which all members see alike. */
type SharedMark = NonNullable<NonNullable<MessageEvent["message"]>["thread"]>;

/** The viewer's own log about threads, by the id of their first message. */
export interface OwnThreadMarks {
  /** How far the viewer has read. */
  readonly reads: ReadonlyMap<string, number>;
  /** Whether the viewer chose to follow. */
  readonly follows: ReadonlyMap<string, boolean>;
}

/** The mark with what an event says, unless that is older. The viewer's own part stays. */
export function threadWith(
  { thread: known, sender }: Pick<Message, "thread" | "sender">,
  next: SharedMark | null,
  viewerId: string | null,
): ThreadMark | null {
  if (!next || (known && next.lastReplySeq < known.lastReplySeq)) return known;
  const isFollowing = known?.isFollowing ?? sender?.id === viewerId;
  return { ...next, isFollowing, readSeq: known?.readSeq ?? 0 };
}

/** Applies an event of a reply to the message with which its thread begins, if that is here. */
export function withReply(
  messages: readonly Message[],
  event: MessageEvent,
  viewerId: string | null,
): readonly Message[] {
  const { threadRootId, thread: next = null } = event.message ?? {};
  return messages.map((message) => {
    if (message.id !== threadRootId) return message;
    const thread = threadWith(message, next, viewerId);
    // Whoever replies follows the thread, and has read it up to there.
    const isOwn = event.__typename === "MessageSent" && event.actor?.id === viewerId;
    if (!thread || !isOwn) return { ...message, thread };
    const readSeq = Math.max(thread.readSeq, event.seq);
    return { ...message, thread: { ...thread, isFollowing: true, readSeq } };
  });
}

/** The messages with marks that may be newer than what is here. */
export function withOwnMarks(
  messages: readonly Message[],
  { reads, follows }: OwnThreadMarks,
): readonly Message[] {
  if (reads.size + follows.size === 0) return messages;
  return messages.map((message) => {
    const { id, thread } = message;
    const isFollowing = follows.get(id);
    const marked = isFollowing === undefined ? message : followedAs(message, isFollowing);
    const readSeq = reads.get(id) ?? 0;
    if (!thread || !marked.thread || readSeq <= thread.readSeq) return marked;
    return { ...marked, thread: { ...marked.thread, readSeq } };
  });
}

/** The first message of a thread that the viewer follows, or no longer. */
export function followedAs(message: Message, isFollowing: boolean): Message {
  const { thread } = message;
  if (!thread || thread.isFollowing === isFollowing) return message;
  return { ...message, thread: { ...thread, isFollowing } };
}

/** Whether the viewer follows a thread that has replies which they have not read. */
export function isThreadUnread({ isFollowing, lastReplySeq, readSeq }: ThreadMark): boolean {
  return isFollowing && lastReplySeq > readSeq;
}
