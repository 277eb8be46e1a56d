// Marks a thread as read. Only the viewer's own stream gets an entry.
import type { Context } from "../context.ts";
import type { MessageRow } from "../messages/store.ts";
import { changeOwn } from "../own-changes.ts";
import { threadReadUpTo } from "../own-entries.ts";
import { judgeRoot } from "./rules.ts";
import { moveThreadMark } from "./store.ts";

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
