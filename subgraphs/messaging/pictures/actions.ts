// Takes, shows and removes pictures of groups.
import { isId } from "#kit/data/id";
import { removeFiles } from "#kit/files/jobs";
import { isNewer, type NewFile, newFileOf } from "#kit/files/rules";
import { type FileRow, findFiles, useFiles } from "#kit/files/store";
import {
  type BeginOutcome,
  beginUpload,
  type FileServices,
  type FinishOutcome,
  finishUpload,
} from "#kit/files/uploads";
import type { NewEntry } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import { isVerified, NOT_VERIFIED, type NotVerified } from "#kit/trust/verified";
import { changeConversation } from "../changes.ts";
import type { Context } from "../context.ts";
import { findMembership } from "../conversations/store.ts";
import type { Transaction } from "../database.ts";
import { conversationChanged } from "../entries.ts";
import { type NotAllowed, refusalOf } from "../rights.ts";
import { PICTURES } from "./rules.ts";
import { findPicture, lockPictures, savePicture } from "./store.ts";

type Refused = NotAllowed | NotVerified | { readonly kind: "notFound" | "direct" };

export type CreateOutcome = BeginOutcome | Refused;

/** Begins to send a picture of a group for a verified viewer who may change it. */
export async function createPictureUpload(
  context: Context,
  conversationId: string,
  given: NewFile,
): Promise<CreateOutcome> {
  const viewer = requireViewer(context);
  const file = newFileOf(given, "input.file");
  if (!isVerified(viewer)) return NOT_VERIFIED;
  const standing = await findMembership(context.database, conversationId, viewer.id);
  const refusal = refusalOf(standing, "CHANGE_DETAILS");
  if (refusal) return refusal;
  const use = { ownerId: viewer.id, purpose: PICTURES, subjectId: conversationId };
  return beginUpload(filesOf(context), use, file, context.fileLimits.pictures);
}

export type Finished =
  | { readonly kind: "arrived"; readonly conversationId: string }
  | Exclude<FinishOutcome, { readonly kind: "arrived" }>;

/** Finishes an upload of the viewer, who may still change the group. */
export async function finishPictureUpload(context: Context, uploadId: string): Promise<Finished> {
  const { id: ownerId } = requireViewer(context);
  const [file] = isId(uploadId) ? await findFiles(context.database, [uploadId]) : [];
  const conversationId = file?.subjectId ?? null;
  if (conversationId === null) return { kind: "notFound" };
  const standing = await findMembership(context.database, conversationId, ownerId);
  if (refusalOf(standing, "CHANGE_DETAILS")) return { kind: "notFound" };
  const outcome = await finishUpload(filesOf(context), uploadId, { ownerId, purpose: PICTURES });
  return outcome.kind === "arrived" ? { kind: "arrived", conversationId } : outcome;
}

function filesOf({ database, storage, now, fileLimits }: Context): FileServices<Transaction> {
  return { database, storage, now, room: fileLimits.room };
}

export type RemoveOutcome = { readonly kind: "removed" } | Refused;

/** Removes the picture of a group, and those that are being looked at. */
export async function removePicture(
  context: Context,
  conversationId: string,
): Promise<RemoveOutcome> {
  const viewer = requireViewer(context);
  if (!isVerified(viewer)) return NOT_VERIFIED;
  const { id: viewerId } = viewer;
  const options = { conversationId, viewerId };
  return changeConversation<RemoveOutcome>(context, options, async ({ tx, append }, standing) => {
    const refusal = refusalOf(standing, "CHANGE_DETAILS");
    if (refusal) return refusal;
    const files = await lockPictures(tx, conversationId);
    const shown = await findPicture(tx, conversationId);
    const arrived = files.filter(({ hasArrived }) => hasArrived).map(({ id }) => id);
    await savePicture(tx, conversationId, null);
    await removeFiles(tx, arrived);
    if (shown !== null) await append([changedBy(conversationId, viewerId)]);
    return { kind: "removed" };
  });
}

function changedBy(conversationId: string, actorId: string): NewEntry {
  return conversationChanged(conversationId, { actorId, fields: ["PICTURE"] });
}

/**
 * Shows a picture that is good in place of the former one, in the transaction that has locked the
 * group's stream and files. One that was begun before the one that is shown is removed, and so is
 * that of a person who may not change the group any more. Returns the entries that tell it.
 */
export async function showPicture(tx: Transaction, file: FileRow, now: Date): Promise<NewEntry[]> {
  const { id, ownerId, subjectId } = file;
  const standing = subjectId === null ? null : await findMembership(tx, subjectId, ownerId);
  const shown = subjectId === null ? null : await findPicture(tx, subjectId);
  if (subjectId === null || refusalOf(standing, "CHANGE_DETAILS") || !isNewer(id, shown)) {
    await removeFiles(tx, [id]);
    return [];
  }
  await useFiles(tx, { ownerId, purpose: PICTURES, subjectId }, [id], now);
  await savePicture(tx, subjectId, id);
  if (shown !== null) await removeFiles(tx, [shown]);
  return [changedBy(subjectId, ownerId)];
}
