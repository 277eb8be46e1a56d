// Takes, shows and removes pictures of people.
import { inTransaction } from "#kit/data/database";
import { isId } from "#kit/data/id";
import { addToOutbox } from "#kit/facts/outbox";
import { removeFiles } from "#kit/files/jobs";
import { isNewer, type NewFile, newFileOf } from "#kit/files/rules";
import { type FileRow, useFiles } from "#kit/files/store";
import {
  type BeginOutcome,
  beginUpload,
  type FileServices,
  type FinishOutcome,
  finishUpload,
} from "#kit/files/uploads";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import { profileFact } from "../../integration.ts";
import { findUser, lockUser, type UserRow } from "../profiles/store.ts";
import { AVATARS } from "./rules.ts";
import { lockArrived, saveAvatar } from "./store.ts";

export async function createAvatarUpload(context: Context, given: NewFile): Promise<BeginOutcome> {
  const { id: ownerId } = requireViewer(context);
  const use = { ownerId, purpose: AVATARS, subjectId: null };
  return beginUpload(
    filesOf(context),
    use,
    newFileOf(given, "input.file"),
    context.fileLimits.avatars,
  );
}

export async function finishAvatarUpload(
  context: Context,
  uploadId: string,
): Promise<FinishOutcome> {
  const { id: ownerId } = requireViewer(context);
  if (!isId(uploadId)) return { kind: "notFound" };
  return finishUpload(filesOf(context), uploadId, { ownerId, purpose: AVATARS });
}

function filesOf({ database, storage, now, fileLimits }: Context): FileServices<Transaction> {
  return { database, storage, now, room: fileLimits.room };
}

/** Removes the viewer's picture, and those that are being looked at. Null for an unknown viewer. */
export async function removeAvatar(context: Context): Promise<UserRow | null> {
  const { id } = requireViewer(context);
  return inTransaction(context.database, async (tx) => {
    // Files before the person, as when a picture is shown.
    const files = await lockArrived(tx, id, AVATARS);
    const person = await lockUser(tx, id);
    if (!person) return null;
    await removeFiles(tx, files);
    return person.avatarFileId === null ? person : show(tx, id, null);
  });
}

/**
 * Shows a picture that is good, in the transaction that locks its file, in place of the former one.
 * A picture that was begun before the one that is shown is removed.
 */
export async function showAvatar(tx: Transaction, file: FileRow, now: Date): Promise<void> {
  const { id, ownerId } = file;
  const person = await lockUser(tx, ownerId);
  if (!person || !isNewer(id, person.avatarFileId)) return removeFiles(tx, [id]);
  await useFiles(tx, { ownerId, purpose: AVATARS, subjectId: null }, [id], now);
  await show(tx, ownerId, id);
  if (person.avatarFileId !== null) await removeFiles(tx, [person.avatarFileId]);
}

async function show(
  tx: Transaction,
  personId: string,
  fileId: string | null,
): Promise<UserRow | null> {
  await saveAvatar(tx, personId, fileId);
  const user = await findUser(tx, personId);
  if (user) await addToOutbox(tx, [profileFact(user)]);
  return user;
}
