// How a person sends a file: a row that counts for their quota, parts that go straight to the
// storage, and the end, after which a worker looks at the file.
import { inTransaction, type Sql, type TransactionRunner } from "#kit/data/database";
import { newId } from "#kit/data/id";
import { admitWriter } from "#kit/erasures/store";
import { enqueueProcessing, enqueueRemoval, removeFiles } from "#kit/files/jobs";
import { keyOf } from "#kit/files/keys";
import {
  type FileRoom,
  type FileSizes,
  judgeNewFile,
  judgeUsage,
  type NewFile,
  type NoRoom,
  type Refused,
} from "#kit/files/rules";
import {
  deleteFiles,
  type FileRow,
  findFiles,
  insertFile,
  lockFile,
  lockUsage,
  markArrived,
  nameUpload,
} from "#kit/files/store";
import { StorageFailure } from "#kit/storage/failure";
import type { Storage, UploadPart } from "#kit/storage/storage";

export interface FileServices<Tx extends Sql> {
  readonly database: TransactionRunner<Tx> & Sql;
  readonly storage: Storage;
  readonly room: FileRoom;
  now(): Date;
}

/** The use of a file. */
export interface FileUse {
  readonly ownerId: string;
  readonly purpose: string;
  readonly subjectId: string | null;
}

export interface Ticket {
  readonly id: string;
  readonly parts: readonly UploadPart[];
  readonly expiresAt: Date;
}

export type BeginOutcome = { readonly kind: "begun"; readonly ticket: Ticket } | Refused | NoRoom;

export type FinishOutcome =
  | { readonly kind: "arrived"; readonly file: FileRow }
  | { readonly kind: "incomplete"; readonly ticket: Ticket }
  | { readonly kind: "ended" }
  | { readonly kind: "notFound" };

const UPLOAD_SECONDS = 86_400;

/** Begins an upload. Who may send a file for this use is the caller's to judge. */
export async function beginUpload<Tx extends Sql & object>(
  services: FileServices<Tx>,
  use: FileUse,
  file: NewFile,
  sizes: FileSizes,
): Promise<BeginOutcome> {
  const refused = judgeNewFile(file, sizes);
  if (refused) return refused;
  const { database, storage, room } = services;
  const id = newId();
  const storageKey = keyOf(use.purpose, id);
  const createdAt = services.now();
  const expiresAt = new Date(createdAt.getTime() + UPLOAD_SECONDS * 1_000);
  const noRoom = await inTransaction<Tx, NoRoom | null>(database, async (tx) => {
    await admitWriter(tx, use.ownerId);
    const verdict = judgeUsage(await lockUsage(tx, use.ownerId), file.bytes, room);
    if (verdict) return verdict;
    await insertFile(tx, { ...file, ...use, id, storageKey, createdAt, expiresAt });
    return null;
  });
  if (noRoom) return noRoom;
  const upload = { key: storageKey, bytes: file.bytes, expiresIn: UPLOAD_SECONDS };
  const { uploadId, parts } = await storage
    .startUpload({ ...upload, contentType: file.contentType })
    .catch(async (error: unknown) => {
      await deleteFiles(database, [id]);
      throw error;
    });
  if (!(await nameUpload(database, id, uploadId))) {
    await storage.abortUpload({ key: storageKey, uploadId });
  }
  return { kind: "begun", ticket: { id, parts, expiresAt } };
}

/** Finishes an upload; safe to repeat. The caller has checked the form of the id. */
export async function finishUpload<Tx extends Sql & object>(
  services: FileServices<Tx>,
  id: string,
  { ownerId, purpose }: Pick<FileUse, "ownerId" | "purpose">,
): Promise<FinishOutcome> {
  const { database, storage, now } = services;
  const [file] = await findFiles(database, [id]);
  if (file?.ownerId !== ownerId || file.purpose !== purpose) return { kind: "notFound" };
  if (file.state !== "UPLOADING") return { kind: "arrived", file };
  if (file.uploadId === null || file.expiresAt <= now()) return { kind: "ended" };
  const { uploadId, bytes, storageKey: key } = file;
  try {
    await storage.finishUpload({ key, uploadId, bytes });
  } catch (error) {
    return unfinished(services, file, uploadId, error);
  }
  return inTransaction<Tx, FinishOutcome>(database, async (tx) => {
    const locked = await lockFile(tx, id);
    if (!locked) {
      // The upload was swept meanwhile: its bytes have arrived behind the removal.
      await enqueueRemoval(tx, [{ ...file, id: newId() }]);
      return { kind: "ended" };
    }
    // Another request was faster.
    if (locked.state !== "UPLOADING") return { kind: "arrived", file: locked };
    await markArrived(tx, id);
    await enqueueProcessing(tx, file);
    return { kind: "arrived", file: { ...locked, state: "PROCESSING" } };
  });
}

/** The outcome of an upload that this request could not finish. Throws other errors. */
async function unfinished<Tx extends Sql & object>(
  { database, storage, now }: FileServices<Tx>,
  { id, storageKey: key, bytes, expiresAt }: FileRow,
  uploadId: string,
  error: unknown,
): Promise<FinishOutcome> {
  try {
    if (problemOf(error) !== "UPLOAD_INCOMPLETE") throw error;
    const expiresIn = Math.ceil((expiresAt.getTime() - now().getTime()) / 1_000);
    const parts = await storage.resumeUpload({ key, uploadId, bytes, expiresIn });
    return { kind: "incomplete", ticket: { id, parts, expiresAt } };
  } catch (failure) {
    if (problemOf(failure) !== "UPLOAD_NOT_FOUND") throw failure;
    // Another request has finished it meanwhile, or it was swept.
    const [file] = await findFiles(database, [id]);
    const hasArrived = file !== undefined && file.state !== "UPLOADING";
    return hasArrived ? { kind: "arrived", file } : { kind: "ended" };
  }
}

function problemOf(error: unknown): StorageFailure["problem"] | null {
  return error instanceof StorageFailure ? error.problem : null;
}

export type CancelOutcome = { readonly kind: "cancelled" | "used" | "notFound" };

/** Removes a file that its person sends, or has sent and used nowhere. The id has its form. */
export async function cancelUpload<Tx extends Sql & object>(
  { database }: Pick<FileServices<Tx>, "database">,
  id: string,
  { ownerId, purpose }: Pick<FileUse, "ownerId" | "purpose">,
): Promise<CancelOutcome> {
  return inTransaction<Tx, CancelOutcome>(database, async (tx) => {
    const file = await lockFile(tx, id);
    if (file?.ownerId !== ownerId || file.purpose !== purpose) return { kind: "notFound" };
    if (file.usedAt !== null) return { kind: "used" };
    await removeFiles(tx, [id]);
    return { kind: "cancelled" };
  });
}
