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

/** Sends the text of a message on as the viewer, who must be verified. A retry gives the same. */
export async function forwardMessage(
  context: Context,
  { messageId, conversationId, clientMessageId }: ForwardRequest,
): Promise<ForwardOutcome> {
  const viewer = requireViewer(context);
  if (!isVerified(viewer)) return NOT_VERIFIED;
  const hash = requestHash(["forward", messageId]);
  const to = { conversationId, clientMessageId, requestHash: hash };
  const source = await context.loaders.message.load(messageId);
  if (source?.body) {
    const alone = { replyToId: null, threadRootId: null, isForwarded: true };
    return postMessage(context, { ...to, ...alone, body: source.body });
  }
  // A retry is answered even if the message was deleted since.
  const earlierId = await findForwarded(context.database, { ...to, senderId: viewer.id });
  const earlier = earlierId === null ? null : await context.loaders.message.load(earlierId);
  if (earlier) return { kind: "sent", message: earlier };
  return { kind: source ? "deleted" : "messageNotFound" };
}
