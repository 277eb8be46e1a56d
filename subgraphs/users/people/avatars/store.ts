// Reads and writes which file is the picture of a person. The files themselves are the kit's.
import type { FileRefusal } from "#kit/files/rules";
import type { FileState } from "#kit/files/store";
import type { Database, Transaction } from "../../database.ts";

export interface AvatarUploadRow {
  readonly id: string;
  readonly ownerId: string;
  readonly state: FileState;
  readonly refusal: FileRefusal | null;
}

/** The last picture that each of these people has sent, if any. */
export async function findLastUploads(
  database: Database,
  ownerIds: readonly string[],
  purpose: string,
): Promise<AvatarUploadRow[]> {
  return database.$queryRaw<AvatarUploadRow[]>`/* users.avatars.last */
    select distinct on (owner_id) id::text, owner_id::text as "ownerId", state::text, refusal
    from file where owner_id = any(${ownerIds}::uuid[]) and purpose = ${purpose}
    order by owner_id, id desc`;
}

/** Locks the pictures of a person that have arrived, and gives their ids. */
export async function lockArrived(
  tx: Transaction,
  ownerId: string,
  purpose: string,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`/* users.avatars.lock */
    select id::text from file
    where owner_id = ${ownerId}::uuid and purpose = ${purpose} and state <> 'UPLOADING'
    order by id for update`;
  return rows.map(({ id }) => id);
}

/** The person is locked. */
export async function saveAvatar(
  tx: Transaction,
  personId: string,
  fileId: string | null,
): Promise<void> {
  await tx.$executeRaw`/* users.avatars.save */
    update person set avatar_file_id = ${fileId}::uuid, version = version + 1
    where id = ${personId}::uuid`;
}
