// Reads and writes which file is the cover of an event. The files themselves are the kit's. Events
// that were made like another one have the same file: it is deleted when none has it any more.
import type { FileRefusal } from "#kit/files/rules";
import type { FileState } from "#kit/files/store";
import type { Database, Transaction } from "../../database.ts";

export interface CoverUploadRow {
  readonly id: string;
  readonly eventId: string;
  readonly state: FileState;
  readonly refusal: FileRefusal | null;
}

/** The last cover that was sent for each of these events, if any. */
export async function findLastUploads(
  database: Database,
  eventIds: readonly string[],
): Promise<CoverUploadRow[]> {
  return database.$queryRaw<CoverUploadRow[]>`/* events.covers.last */
    select distinct on (subject_id) file.id::text, subject_id::text as "eventId",
      file.state::text, refusal
    from file join event on event.id = subject_id
    where subject_id = any(${eventIds}::uuid[]) and purpose = 'covers'
      and (file.state <> 'READY' or file.id = event.cover_file_id)
    order by subject_id, file.id desc`;
}

/** A file of an event. */
export interface CoverFile {
  readonly id: string;
  /** False while it is being sent. */
  readonly hasArrived: boolean;
}

/**
 * Locks the files that were sent for an event, and its cover. The event's stream is locked: files
 * come behind it, and before the row of the event.
 */
export async function lockCovers(tx: Transaction, eventId: string): Promise<CoverFile[]> {
  return tx.$queryRaw<CoverFile[]>`/* events.covers.lock */
    select id::text, state <> 'UPLOADING' as "hasArrived" from file
    where id in (
      select id from file where subject_id = ${eventId}::uuid and purpose = 'covers'
      union all select cover_file_id from event where id = ${eventId}::uuid
    )
    order by id for update`;
}

/** The event's stream and the file are locked. */
export async function saveCover(
  tx: Transaction,
  eventId: string,
  fileId: string | null,
): Promise<void> {
  await tx.$executeRaw`/* events.covers.save */
    update event set cover_file_id = ${fileId}::uuid where id = ${eventId}::uuid`;
}

/** Those of these files, which are locked, that are the cover of no event. */
export async function withoutEvent(tx: Transaction, fileIds: readonly string[]): Promise<string[]> {
  if (fileIds.length === 0) return [];
  const shown = await tx.$queryRaw<{ id: string }[]>`/* events.covers.shown */
    select distinct cover_file_id::text as id from event
    where cover_file_id = any(${fileIds}::uuid[])`;
  const stay = new Set(shown.map(({ id }) => id));
  return fileIds.filter((id) => !stay.has(id));
}

/** Takes all files from an event that is deleted, and gives the ids of those to delete. */
export async function takeCovers(tx: Transaction, eventId: string): Promise<string[]> {
  const files = await lockCovers(tx, eventId);
  if (files.length === 0) return [];
  await saveCover(tx, eventId, null);
  return withoutEvent(
    tx,
    files.map(({ id }) => id),
  );
}

/** Gives an event the cover of another one. False when that was deleted meanwhile. */
export async function copyCover(
  tx: Transaction,
  fileId: string,
  toEventId: string,
): Promise<boolean> {
  const found = await tx.$queryRaw<{ id: string }[]>`/* events.covers.keep */
    select id from file where id = ${fileId}::uuid for key share`;
  if (found.length === 0) return false;
  await saveCover(tx, toEventId, fileId);
  return true;
}
