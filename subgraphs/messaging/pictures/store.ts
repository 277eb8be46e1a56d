// Reads and writes which file is the picture of a group. The files themselves are the kit's.
import type { FileRefusal } from "#kit/files/rules";
import type { FileState } from "#kit/files/store";
import type { Database, Transaction } from "../database.ts";

export interface ConversationPictureUploadRow {
  readonly id: string;
  readonly conversationId: string;
  readonly state: FileState;
  readonly refusal: FileRefusal | null;
}

/** The last picture that was sent for each of these groups, if any. */
export async function findLastUploads(
  database: Database,
  conversationIds: readonly string[],
): Promise<ConversationPictureUploadRow[]> {
  return database.$queryRaw<ConversationPictureUploadRow[]>`/* messaging.pictures.last */
    select distinct on (subject_id) file.id::text, subject_id::text as "conversationId",
      file.state::text, refusal
    from file join conversation on conversation.id = subject_id
    where subject_id = any(${conversationIds}::uuid[]) and purpose = 'pictures'
      and (file.state <> 'READY' or file.id = conversation.picture_file_id)
    order by subject_id, file.id desc`;
}

/** A picture of a group. */
export interface PictureFile {
  readonly id: string;
  /** False while it is being sent. */
  readonly hasArrived: boolean;
}

/** Locks the pictures that were sent for a group. Its stream is locked: files come behind it. */
export async function lockPictures(
  tx: Transaction,
  conversationId: string,
): Promise<PictureFile[]> {
  return tx.$queryRaw<PictureFile[]>`/* messaging.pictures.lock */
    select id::text, state <> 'UPLOADING' as "hasArrived" from file
    where subject_id = ${conversationId}::uuid and purpose = 'pictures' order by id for update`;
}

/** The picture that is shown; null without one. */
export async function findPicture(tx: Transaction, conversationId: string): Promise<string | null> {
  const found = await tx.conversation.findUnique({
    where: { id: conversationId },
    select: { pictureFileId: true },
  });
  return found?.pictureFileId ?? null;
}

/** The group's stream and the file are locked. */
export async function savePicture(
  tx: Transaction,
  conversationId: string,
  fileId: string | null,
): Promise<void> {
  await tx.$executeRaw`/* messaging.pictures.save */
    update conversation set picture_file_id = ${fileId}::uuid where id = ${conversationId}::uuid`;
}
