// Takes files for messages, and shows them to those who see the message.
import { isId } from "#kit/data/id";
import { type NewFile, newFileOf } from "#kit/files/rules";
import {
  type BeginOutcome,
  beginUpload,
  type CancelOutcome,
  cancelUpload,
  type FileServices,
  type FinishOutcome,
  finishUpload,
} from "#kit/files/uploads";
import { requireViewer } from "#kit/trust/identity";
import { isVerified, NOT_VERIFIED, type NotVerified } from "#kit/trust/verified";
import type { Context } from "../context.ts";
import { findMembership } from "../conversations/store.ts";
import type { Transaction } from "../database.ts";
import { MAY_NOT_WRITE } from "../posting.ts";
import { hasRight, type NotAllowed } from "../rights.ts";
import { ATTACHMENTS, attachmentOf } from "./rules.ts";
import { type AttachmentRow, isAsking } from "./store.ts";

export type CreateOutcome =
  | BeginOutcome
  | { readonly kind: "notFound" | "requestPending" }
  | NotAllowed
  | NotVerified;

/** Begins to send a file of the viewer, who may write there; ids are canonical. */
export async function createAttachmentUpload(
  context: Context,
  conversationId: string,
  given: NewFile,
): Promise<CreateOutcome> {
  const viewer = requireViewer(context);
  const file = newFileOf(given, "input.file");
  if (!isVerified(viewer)) return NOT_VERIFIED;
  const standing = await findMembership(context.database, conversationId, viewer.id);
  if (!standing) return { kind: "notFound" };
  if (!hasRight(standing, "SEND_MESSAGES")) return MAY_NOT_WRITE;
  // A stranger sends a text and no file.
  if (await isAsking(context.database, conversationId)) return { kind: "requestPending" };
  const use = { ownerId: viewer.id, purpose: ATTACHMENTS, subjectId: conversationId };
  return beginUpload(filesOf(context), use, file, context.fileLimits.attachments);
}

export type Finished =
  | { readonly kind: "arrived"; readonly attachment: AttachmentRow }
  | Exclude<FinishOutcome, { readonly kind: "arrived" }>;

export async function finishAttachmentUpload(
  context: Context,
  uploadId: string,
): Promise<Finished> {
  const { id: ownerId } = requireViewer(context);
  if (!isId(uploadId)) return { kind: "notFound" };
  const use = { ownerId, purpose: ATTACHMENTS };
  const outcome = await finishUpload(filesOf(context), uploadId, use);
  if (outcome.kind !== "arrived") return outcome;
  return { kind: "arrived", attachment: attachmentOf(outcome.file) };
}

export async function cancelAttachmentUpload(
  context: Context,
  uploadId: string,
): Promise<CancelOutcome> {
  const { id: ownerId } = requireViewer(context);
  if (!isId(uploadId)) return { kind: "notFound" };
  return cancelUpload(filesOf(context), uploadId, { ownerId, purpose: ATTACHMENTS });
}

function filesOf({ database, storage, now, fileLimits }: Context): FileServices<Transaction> {
  return { database, storage, now, room: fileLimits.room };
}
