// Marks a thread as read. Only the viewer's own stream gets an entry.
import { changeStreams } from "#kit/live/changes";
import { deleteEmptyStreams } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import { clearLoaders } from "../clear-loaders.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import type { MessageRow } from "../messages/store.ts";
import { threadReadUpTo } from "../own-entries.ts";
import { personStream } from "../streams.ts";
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
  const { id: viewerId } = requireViewer(context);
  const message = await context.loaders.message.load(rootId);
  if (!message) return { kind: "notFound" };
  if (judgeRoot(message).kind === "nested") return { kind: "nested" };
  const streamIds = [personStream(viewerId)];
  await changeStreams<Transaction, void>(context, streamIds, async ({ tx, append }) => {
    const mark = await moveThreadMark(tx, rootId, viewerId, seq);
    // Also for an erased person with a token that is still valid: they are no member any more.
    if (mark === null) await deleteEmptyStreams(tx, streamIds);
    if (!mark?.hasMoved) return;
    const { conversationId } = message;
    await append([threadReadUpTo(viewerId, { conversationId, rootId, seq: mark.readSeq })]);
  });
  clearLoaders(context);
  return { kind: "read", message };
}
