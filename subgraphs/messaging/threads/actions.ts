// Marks a thread as read, and follows one or stops to. Only the viewer's own stream gets an entry.
import type { Context } from "../context.ts";
import type { MessageRow } from "../messages/store.ts";
import { changeOwn } from "../own-changes.ts";
import { threadFollowed, threadReadUpTo } from "../own-entries.ts";
import { judgeRoot } from "./rules.ts";
import { moveThreadMark, saveFollowing } from "./store.ts";

export type MarkThreadOutcome =
  | { readonly kind: "read"; readonly message: MessageRow }
  | { readonly kind: "notFound" | "nested" };

/** Marks the replies of a thread up to `seq` as read by the viewer; the id is canonical. */
export async function markThreadRead(
  context: Context,
  rootId: string,
  seq: number,
): Promise<MarkThreadOutcome> {
  const message = await context.loaders.message.load(rootId);
  if (!message) return { kind: "notFound" };
  if (judgeRoot(message).kind === "nested") return { kind: "nested" };
  const { conversationId } = message;
  await changeOwn(context, async ({ tx, append }, viewerId) => {
    const mark = await moveThreadMark(tx, rootId, viewerId, seq);
    if (mark?.hasMoved) {
      await append([threadReadUpTo(viewerId, { conversationId, rootId, seq: mark.readSeq })]);
    }
    return mark;
  });
  return { kind: "read", message };
}

export type FollowOutcome =
  | { readonly kind: "done"; readonly message: MessageRow }
  | { readonly kind: "notFound" | "nested" | "noReplies" };

/** Follows a thread, or stops to; the id is canonical. Nothing is told when nothing changes. */
export async function followThread(
  context: Context,
  rootId: string,
  isFollowing: boolean,
): Promise<FollowOutcome> {
  const message = await context.loaders.message.load(rootId);
  if (!message) return { kind: "notFound" };
  if (judgeRoot(message).kind === "nested") return { kind: "nested" };
  const { conversationId } = message;
  const saved = await changeOwn(context, async ({ tx, append }, viewerId) => {
    const change = await saveFollowing(tx, rootId, viewerId, isFollowing);
    if (change?.hasChanged) {
      await append([threadFollowed(viewerId, { conversationId, rootId, isFollowing })]);
    }
    return change;
  });
  if (!saved) return { kind: "notFound" };
  return saved.hasThread ? { kind: "done", message } : { kind: "noReplies" };
}
