// Sends, edits and deletes messages. Sends go through a batcher; edits and deletions lock the
// conversation one by one.
import { requestHash } from "#kit/input/request-hash";
import { requireViewer } from "#kit/trust/identity";
import { isVerified, NOT_VERIFIED, type NotVerified } from "#kit/trust/verified";
import { removeAttachments } from "../attaching.ts";
import { changeMessage } from "../changes.ts";
import type { Context } from "../context.ts";
import type { Membership } from "../conversations/store.ts";
import type { Transaction } from "../database.ts";
import { editableUntil } from "../edit-window.ts";
import { replaceBody } from "../edits/store.ts";
import { messageChanged } from "../entries.ts";
import { findRole } from "../members/store.ts";
import {
  badMention,
  changeMentions,
  changesMentions,
  hashedMentions,
  type MentionRefusal,
  type MentionWish,
  mentionedBy,
} from "../mentioning.ts";
import { MAY_NOT_WRITE, type PostOutcome, type PostRequest, postMessage } from "../posting.ts";
import { hasRight, isAbove, type NotAllowed } from "../rights.ts";
import { type Deleter, type EditVerdict, judgeDeletion, judgeEdit } from "./rules.ts";
import { databaseTime, eraseMessage, type MessageRow } from "./store.ts";

type Posted =
  | "attachmentIds"
  | "threadRootId"
  | "isForwarded"
  | "requestHash"
  | "mentions"
  | "isMentioningAll";

/** Ids are canonical. */
export type SendRequest = Omit<PostRequest, Posted> &
  MentionWish & {
    readonly threadRootId?: string | null;
    readonly attachmentIds?: readonly string[];
  };

export type SendOutcome = PostOutcome | NotVerified;

/** Sends a message as the viewer, who must be verified. A retry gets the message as it is now. */
export async function sendMessage(context: Context, request: SendRequest): Promise<SendOutcome> {
  if (!isVerified(requireViewer(context))) return NOT_VERIFIED;
  const { body, replyToId, threadRootId = null, attachmentIds = [] } = request;
  const refusal = badMention(body, request);
  if (refusal) return refusal;
  const mentioned = mentionedBy(request);
  const thread = threadRootId === null ? [] : ["thread", threadRootId];
  const files = attachmentIds.length === 0 ? [] : ["attachments", ...attachmentIds];
  const hash = requestHash([body, replyToId, ...thread, ...hashedMentions(mentioned), ...files]);
  const kind = { threadRootId, isForwarded: false, requestHash: hash };
  return postMessage(context, { ...request, ...mentioned, ...kind });
}

/** Without `mentions`, the same text keeps its mentions, and another one has none. */
export interface EditRequest extends MentionWish {
  readonly messageId: string;
  readonly body: string;
  readonly expectedVersion: number | null;
}

export type EditOutcome =
  | Exclude<EditVerdict, { readonly kind: "edit" | "same" | "stale" }>
  | { readonly kind: "stale"; readonly message: MessageRow }
  | { readonly kind: "edited"; readonly message: MessageRow }
  | { readonly kind: "notFound" }
  | NotAllowed
  | MentionRefusal
  | NotVerified;

/**
 * Changes the text of a verified viewer's own message, and keeps the old text as history. The clock
 * of the database decides whether it is too late, as it gave the message its time.
 */
export async function editMessage(context: Context, request: EditRequest): Promise<EditOutcome> {
  if (!isVerified(requireViewer(context))) return NOT_VERIFIED;
  const refusal = badMention(request.body, request);
  if (refusal) return refusal;
  return changeMessage<EditOutcome>(
    context,
    request.messageId,
    async ({ tx, append }, message, viewerId, standing) => {
      const mentioned = mentionedAfter(message, request);
      const hasOtherMentions = changesMentions(message, mentioned);
      const until = editableUntil(message, context.editMinutes);
      const asked = { ...request, hasOtherMentions, editableUntil: until };
      const wish = { ...asked, now: await databaseTime(tx) };
      const verdict = judgeEdit(message, wish, viewerId);
      if (verdict.kind === "same") return { kind: "edited", message };
      if (verdict.kind === "stale") return { kind: "stale", message };
      if (verdict.kind !== "edit") return verdict;
      if (!hasRight(standing, "SEND_MESSAGES")) return MAY_NOT_WRITE;
      const mayMentionAll = hasRight(standing, "MENTION_ALL");
      const refusal = await changeMentions(tx, message, mentioned, mayMentionAll);
      if (refusal) return refusal;
      const editedAt = context.now();
      const { previous } = verdict;
      await replaceBody(tx, message, { previous, body: request.body }, editedAt);
      await append([
        messageChanged(message, standing, { type: "messageEdited", actorId: viewerId }),
      ]);
      const { body } = request;
      const version = message.version + 1;
      const edited = { ...message, ...mentioned, body, version, editedAt };
      return { kind: "edited", message: edited };
    },
  );
}

/** The people whom a message mentions after an edit. */
function mentionedAfter(message: MessageRow, { body, mentions, isMentioningAll }: EditRequest) {
  if (body !== message.body) return mentionedBy({ mentions, isMentioningAll });
  return mentionedBy({
    mentions: mentions ?? message.mentions,
    isMentioningAll: isMentioningAll ?? message.isMentioningAll,
  });
}

export type DeleteOutcome =
  | { readonly kind: "deleted"; readonly message: MessageRow }
  | { readonly kind: "notSender" | "notFound" }
  | NotAllowed;

/**
 * Deletes a message with its texts, reactions and pin: the viewer's own, or in a group one of a
 * member of a lower role. In a direct conversation the viewer may delete their own even if they
 * block the other person.
 */
export async function deleteMessage(context: Context, messageId: string): Promise<DeleteOutcome> {
  return changeMessage<DeleteOutcome>(
    context,
    messageId,
    async ({ tx, append }, message, viewerId, standing) => {
      const deleter = await deleterOf(tx, message, viewerId, standing);
      const { kind } = judgeDeletion(message, deleter);
      if (kind === "notSender") return { kind };
      if (kind === "notAllowed") return { kind, right: "DELETE_MESSAGES" };
      if (kind === "deleted") return { kind, message };
      const deletedAt = context.now();
      await eraseMessage(tx, message.id, deletedAt);
      await removeAttachments(tx, [message.id]);
      await append([
        messageChanged(message, standing, { type: "messageDeleted", actorId: viewerId }),
      ]);
      return {
        kind: "deleted",
        message: { ...message, ...mentionedBy({}), attachments: [], body: null, deletedAt },
      };
    },
    { alsoBlocker: true },
  );
}

/** The rights of the viewer to delete a message. A sender who is no member any more has no role. */
async function deleterOf(
  tx: Transaction,
  { senderId, conversationId }: MessageRow,
  viewerId: string,
  standing: Membership,
): Promise<Deleter> {
  const mayDelete = senderId !== viewerId && hasRight(standing, "DELETE_MESSAGES");
  const senderRole = mayDelete ? await findRole(tx, conversationId, senderId) : null;
  const isAboveSender = senderRole === null || isAbove(standing.role, senderRole);
  return { id: viewerId, hasRight: mayDelete, isAboveSender };
}
