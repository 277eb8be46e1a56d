// Saying something, changing it, taking it back. Sends go through the lane; the others take the
// conversation's lock by themselves.
import { createHash } from "node:crypto";
import { newId } from "#kit/data/id";
import { requireViewer } from "#kit/trust/identity";
import { changeMessage, type Told, untold } from "../changes.ts";
import type { Context } from "../context.ts";
import { messageChanged } from "../entries.ts";
import { forgetLoaded } from "../loaded.ts";
import { sendTyping } from "../signalling.ts";
import { type EditVerdict, judgeDeletion, judgeEdit } from "./rules.ts";
import { eraseMessage, findMessages, type MessageRow, replaceBody } from "./store.ts";

/** Ids are canonical. */
export interface SendRequest {
  readonly conversationId: string;
  readonly clientMessageId: string;
  readonly body: string;
  readonly replyToId: string | null;
}

export type SendOutcome =
  | { readonly kind: "sent"; readonly message: MessageRow }
  | { readonly kind: "conflict" | "notFound" | "replyNotFound" };

/** Says something as the viewer; a retry gets the message as it is now. */
export async function sendMessage(context: Context, request: SendRequest): Promise<SendOutcome> {
  const viewer = requireViewer(context);
  const { conversationId, clientMessageId, body, replyToId } = request;
  const requestHash = hashOf(body, replyToId);
  const message = {
    id: newId(),
    conversationId,
    senderId: viewer.id,
    clientMessageId,
    requestHash,
  };
  const verdict = await context.sends.add({ ...message, body, replyToId });
  forgetLoaded(context);
  if (verdict.kind === "stored") {
    if (context.typing.ends(conversationId, viewer.id)) {
      sendTyping(context, conversationId, { personId: viewer.id, isTyping: false });
    }
    return { kind: "sent", message: verdict.message };
  }
  if (verdict.kind !== "replayed") return verdict;
  const [original] = await findMessages(context.database, viewer.id, [verdict.messageId]);
  return original ? { kind: "sent", message: original } : { kind: "notFound" };
}

function hashOf(body: string, replyToId: string | null): string {
  return createHash("sha256")
    .update(JSON.stringify([body, replyToId]))
    .digest("base64url");
}

export interface EditRequest {
  readonly messageId: string;
  readonly body: string;
  readonly expectedVersion: number | null;
}

export type EditOutcome =
  | Exclude<EditVerdict, { readonly kind: "edit" | "same" }>
  | { readonly kind: "edited"; readonly message: MessageRow }
  | { readonly kind: "notFound" };

/** Changes the text of the viewer's own message; the text before is kept. */
export async function editMessage(context: Context, request: EditRequest): Promise<EditOutcome> {
  return changeMessage(
    context,
    request.messageId,
    async (tx, message, viewerId): Promise<Told<EditOutcome>> => {
      const verdict = judgeEdit(message, request, viewerId);
      if (verdict.kind === "same") return untold({ kind: "edited", message });
      if (verdict.kind !== "edit") return untold(verdict);
      const editedAt = context.now();
      const { previous } = verdict;
      await replaceBody(tx, message, { previous, body: request.body }, editedAt);
      const edited = { ...message, body: request.body, version: message.version + 1, editedAt };
      const entries = [messageChanged(message, { type: "messageEdited", actorId: viewerId })];
      return { outcome: { kind: "edited", message: edited }, entries };
    },
  );
}

export type DeleteOutcome =
  | { readonly kind: "deleted"; readonly message: MessageRow }
  | { readonly kind: "notSender" | "notFound" };

/**
 * Takes the viewer's own message back, its texts, reactions and pin with it; in a direct
 * conversation also if they block the other.
 */
export async function deleteMessage(context: Context, messageId: string): Promise<DeleteOutcome> {
  return changeMessage(
    context,
    messageId,
    async (tx, message, viewerId): Promise<Told<DeleteOutcome>> => {
      const { kind } = judgeDeletion(message, viewerId);
      if (kind === "notSender") return untold({ kind });
      if (kind === "deleted") return untold({ kind, message });
      const deletedAt = context.now();
      await eraseMessage(tx, message.id, deletedAt);
      return {
        outcome: { kind: "deleted", message: { ...message, body: null, deletedAt } },
        entries: [messageChanged(message, { type: "messageDeleted", actorId: viewerId })],
      };
    },
    { alsoBlocker: true },
  );
}
