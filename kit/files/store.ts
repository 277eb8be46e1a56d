// The table `file` of a subgraph, in its own Prisma schema: files that people have sent or are
// sending. The bytes are in the storage, under the file's key; a row is deleted in the transaction
// that enqueues the removal of its bytes.
import type { Sql } from "#kit/data/database";
import type { FileRefusal, NewFile, Usage } from "#kit/files/rules";
import type { MediaKind, MediaResult } from "#kit/media/results";

export type FileState = "UPLOADING" | "PROCESSING" | "READY" | "REFUSED";

/** A picture that was made of an image, as it is stored. */
export interface StoredRendition {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

export interface FileRow {
  readonly id: string;
  readonly ownerId: string;
  /** Such as `avatars`: decides what is made of it, and who may read it. */
  readonly purpose: string;
  /** The conversation or event for which it was sent; null for what is of the owner alone. */
  readonly subjectId: string | null;
  readonly storageKey: string;
  /** The storage's name of the upload; null before it has begun. */
  readonly uploadId: string | null;
  readonly fileName: string | null;
  readonly contentType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly state: FileState;
  readonly refusal: FileRefusal | null;
  readonly kind: MediaKind | null;
  /** Of an upright image, in pixels. */
  readonly width: number | null;
  readonly height: number | null;
  /** Of audio. */
  readonly durationMs: number | null;
  /** Of an image: a few pixels as WebP. */
  readonly placeholder: Uint8Array | null;
  /** Of an image, the smallest first. */
  readonly renditions: readonly StoredRendition[];
  /** When it was put to its use; null before. */
  readonly usedAt: Date | null;
  readonly createdAt: Date;
  /** When an upload ends that is not finished. */
  readonly expiresAt: Date;
}

/**
 * The room that a person's files take: of an image that is READY its renditions, which alone are
 * kept. Their other uploads wait until the transaction ends.
 */
export async function lockUsage(tx: Sql, ownerId: string): Promise<Usage> {
  await tx.$queryRaw`/* files.usage.lock */
    select pg_advisory_xact_lock(hashtextextended('files:' || ${ownerId}::text, 0))::text`;
  const [usage] = await tx.$queryRaw<Usage[]>`/* files.usage.read */
    select count(*) filter (where state = 'UPLOADING')::int as "openUploads",
      coalesce(sum(case when state = 'READY' and kind = 'image' then (
        select sum((rendition ->> 'bytes')::int) from jsonb_array_elements(renditions) rendition
      ) else bytes end), 0)::float8 as bytes
    from file where owner_id = ${ownerId}::uuid and state <> 'REFUSED'`;
  return usage ?? { openUploads: 0, bytes: 0 };
}

type BegunFile = Pick<
  FileRow,
  "id" | "ownerId" | "purpose" | "subjectId" | "storageKey" | "createdAt" | "expiresAt"
> &
  NewFile;

export async function insertFile(tx: Sql, file: BegunFile): Promise<void> {
  await tx.$executeRaw`/* files.insert */
    insert into file (id, owner_id, purpose, subject_id, storage_key, file_name, content_type,
      bytes, sha256, state, created_at, expires_at)
    values (${file.id}::uuid, ${file.ownerId}::uuid, ${file.purpose}, ${file.subjectId}::uuid,
      ${file.storageKey}, ${file.fileName}, ${file.contentType}, ${file.bytes}::int,
      ${file.sha256}, 'UPLOADING', ${file.createdAt}, ${file.expiresAt})`;
}

/** Stores the storage's name of an upload. False when the file is gone. */
export async function nameUpload(db: Sql, id: string, uploadId: string): Promise<boolean> {
  const named = await db.$executeRaw`/* files.upload.name */
    update file set upload_id = ${uploadId} where id = ${id}::uuid`;
  return named === 1;
}

/** Files in any order; unknown ids have none. */
export async function findFiles(db: Sql, ids: readonly string[]): Promise<FileRow[]> {
  return db.$queryRaw<FileRow[]>`/* files.find */
    select id::text, owner_id::text as "ownerId", purpose, subject_id::text as "subjectId",
      storage_key as "storageKey", upload_id as "uploadId", file_name as "fileName",
      content_type as "contentType", bytes, sha256, state, refusal, kind, width, height,
      duration_ms as "durationMs", placeholder, renditions, used_at as "usedAt",
      created_at as "createdAt", expires_at as "expiresAt"
    from file where id = any(${ids}::uuid[])`;
}

/** Locks the row until the end of the transaction, and reads it. Null for an unknown id. */
export async function lockFile(tx: Sql, id: string): Promise<FileRow | null> {
  await tx.$queryRaw`/* files.lock */ select id from file where id = ${id}::uuid for update`;
  return (await findFiles(tx, [id]))[0] ?? null;
}

/** All parts of an upload have arrived. The caller has locked it. */
export async function markArrived(tx: Sql, id: string): Promise<void> {
  await tx.$executeRaw`/* files.arrived */
    update file set state = 'PROCESSING' where id = ${id}::uuid`;
}

/** Stores the result of looking at a file. */
export async function settleFile(
  tx: Sql,
  id: string,
  result: MediaResult,
  renditions: readonly StoredRendition[],
): Promise<void> {
  const isRefused = result.kind === "refused";
  const image = result.kind === "image" ? result : null;
  const durationMs = result.kind === "audio" ? result.durationMs : null;
  await tx.$executeRaw`/* files.settle */
    update file set state = ${isRefused ? "REFUSED" : "READY"}::file_state,
      refusal = ${isRefused ? result.reason : null}, kind = ${isRefused ? null : result.kind},
      width = ${image?.width ?? null}::int, height = ${image?.height ?? null}::int,
      duration_ms = ${durationMs}::int, placeholder = ${image?.placeholder ?? null}::bytea,
      renditions = ${JSON.stringify(renditions)}::jsonb
    where id = ${id}::uuid`;
}

/**
 * Gives files of one owner and purpose their use, such as a message. Returns the ids of those that
 * can be used: they have arrived, are not refused and have no use yet.
 */
export async function useFiles(
  tx: Sql,
  { ownerId, purpose, subjectId }: Pick<FileRow, "ownerId" | "purpose" | "subjectId">,
  ids: readonly string[],
  now: Date,
): Promise<string[]> {
  const used = await tx.$queryRaw<{ id: string }[]>`/* files.use */
    update file set used_at = ${now}
    where id = any(${ids}::uuid[]) and owner_id = ${ownerId}::uuid and purpose = ${purpose}
      and subject_id is not distinct from ${subjectId}::uuid and used_at is null
      and state in ('PROCESSING', 'READY')
    returning id::text`;
  return used.map(({ id }) => id);
}

/** Bytes in the storage that nobody needs any more. */
export interface Removal {
  readonly id: string;
  readonly storageKey: string;
  /** An upload that may still be open. */
  readonly uploadId: string | null;
  readonly renditions: readonly Pick<StoredRendition, "name">[];
}

export async function deleteFiles(tx: Sql, ids: readonly string[]): Promise<Removal[]> {
  return tx.$queryRaw<Removal[]>`/* files.delete */
    delete from file where id in (
      select id from file where id = any(${ids}::uuid[]) order by id for update
    )
    returning id::text, storage_key as "storageKey", upload_id as "uploadId", renditions`;
}

/** Deletes some files of a person, at most `limit`. */
export async function deleteFilesOf(tx: Sql, ownerId: string, limit: number): Promise<Removal[]> {
  return tx.$queryRaw<Removal[]>`/* files.deleteOf */
    delete from file where id in (
      select id from file where owner_id = ${ownerId}::uuid order by id limit ${limit}::int
      for update
    )
    returning id::text, storage_key as "storageKey", upload_id as "uploadId", renditions`;
}

interface Ages {
  /** Uploads that end before this. */
  readonly now: Date;
  /** Files without a use that began before this. */
  readonly unusedSince: Date;
  /** Refused files that began before this. */
  readonly refusedSince: Date;
}

/** Deletes files that nobody waits for any more, at most `limit`. */
export async function deleteAbandoned(tx: Sql, ages: Ages, limit: number): Promise<Removal[]> {
  return tx.$queryRaw<Removal[]>`/* files.sweep */
    delete from file where id in (
      select id from file
      where (state = 'UPLOADING' and expires_at <= ${ages.now})
        or (state in ('PROCESSING', 'READY') and used_at is null
          and created_at <= ${ages.unusedSince})
        or (state = 'REFUSED' and created_at <= ${ages.refusedSince})
      limit ${limit}::int for update skip locked
    )
    returning id::text, storage_key as "storageKey", upload_id as "uploadId", renditions`;
}
