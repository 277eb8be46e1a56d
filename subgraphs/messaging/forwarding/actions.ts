// Forwards messages. The text is read here, as the viewer sees it, so that nobody forwards a text
// that they cannot read.
import { requestHash } from "#kit/input/request-hash";
import { requireViewer } from "#kit/trust/identity";
import { isVerified, NOT_VERIFIED, type NotVerified } from "#kit/trust/verified";
import type { Context } from "../context.ts";
import { type PostOutcome, postMessage } from "../posting.ts";
import { findForwarded } from "./store.ts";

/** Ids are canonical. */
export interface ForwardRequest {
  readonly messageId: string;
  readonly conversationId: string;
  readonly clientMessageId: string;
}

export type ForwardOutcome =
  | PostOutcome
  | { readonly kind: "deleted" | "messageNotFound" }
  | NotVerified;

/**
 * Sends the text and the files of a message on as the viewer, who must be verified. A retry gives
 * the same.
 */
export async function forwardMessage(
  context: Context,
  { messageId, conversationId, clientMessageId }: ForwardRequest,
): Promise<ForwardOutcome> {
  const viewer = requireViewer(context);
  if (!isVerified(viewer)) return NOT_VERIFIED;
  const hash = requestHash(["forward", messageId]);
  const to = { conversationId, clientMessageId, requestHash: hash };
  const source = await context.loaders.message.load(messageId);
  if (source && source.body !== null) {
    const { body, attachments } = source;
    if (attachments.some(({ state }) => state !== "READY")) return { kind: "attachmentNotUsable" };
    const alone = { replyToId: null, threadRootId: null, isForwarded: true };
    const files = attachments.length > 0 && { attachmentsOf: messageId };
    return postMessage(context, { ...to, ...alone, ...files, body });
  }
  // A retry is answered even if the message was deleted since.
  const earlierId = await findForwarded(context.database, { ...to, senderId: viewer.id });
  const earlier = earlierId === null ? null : await context.loaders.message.load(earlierId);
  if (earlier) return { kind: "sent", message: earlier };
  return { kind: source ? "deleted" : "messageNotFound" };
}
