// The jobs of a worker about files: they look at files that have arrived, remove bytes that nobody
// needs any more, and sweep uploads that were never finished.
import { z } from "zod";
import { inTransaction, type Sql, type TransactionRunner } from "#kit/data/database";
import { newId } from "#kit/data/id";
import { renditionKey } from "#kit/files/keys";
import {
  deleteAbandoned,
  deleteFiles,
  deleteFilesOf,
  type FileRow,
  findFiles,
  lockFile,
  type Removal,
  type StoredRendition,
  settleFile,
} from "#kit/files/store";
import { handleJob, type JobHandler, type RecurringJob } from "#kit/jobs/handlers";
import { enqueue, jobKind, jobOf } from "#kit/jobs/kinds";
import type { Media } from "#kit/media/media";
import type { MediaPurpose, MediaResult } from "#kit/media/results";
import type { Storage } from "#kit/storage/storage";

const processFile = jobKind(
  "files.process",
  z.object({ id: z.uuid(), purpose: z.string(), storageKey: z.string() }),
);

const removeBytes = jobKind(
  "files.remove",
  z.object({
    keys: z.array(z.string()),
    upload: z.object({ key: z.string(), uploadId: z.string() }).nullable(),
  }),
  { priority: "urgent" },
);

/** Has a file looked at that has arrived. */
export async function enqueueProcessing(
  tx: Sql,
  { id, purpose, storageKey }: Pick<FileRow, "id" | "purpose" | "storageKey">,
): Promise<void> {
  await enqueue(tx, [jobOf(processFile, { id, purpose, storageKey }, { key: id })]);
}

/** Has the bytes of deleted files removed, when the transaction has committed. */
export async function enqueueRemoval(tx: Sql, removals: readonly Removal[]): Promise<void> {
  const jobs = removals.map(({ id, storageKey, uploadId, renditions }) => {
    const keys = [storageKey, ...renditions.map(({ name }) => renditionKey({ storageKey }, name))];
    const upload = uploadId === null ? null : { key: storageKey, uploadId };
    return jobOf(removeBytes, { keys, upload }, { key: id });
  });
  await enqueue(tx, jobs);
}

/** Deletes files and their bytes. */
export async function removeFiles(tx: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await enqueueRemoval(tx, await deleteFiles(tx, ids));
}

/** Deletes some files of a person and their bytes. False when there was none. */
export async function removeFilesOf(tx: Sql, ownerId: string, limit: number): Promise<boolean> {
  const removed = await deleteFilesOf(tx, ownerId, limit);
  await enqueueRemoval(tx, removed);
  return removed.length > 0;
}

/** The renditions of the files of a purpose, and the feature's part when a file is settled. */
export interface FilePurpose<Tx> {
  readonly media: MediaPurpose;
  /** Locks what others lock before the file. */
  lock?(tx: Tx, file: FileRow): Promise<void>;
  /** In the transaction in which the file is READY or REFUSED. */
  settled(tx: Tx, file: FileRow): Promise<void>;
}

interface Processing<Tx extends Sql & object> {
  readonly database: TransactionRunner<Tx> & Sql;
  readonly storage: Storage;
  readonly media: Media;
  readonly purposes: Readonly<Record<string, FilePurpose<Tx>>>;
}

/** Looks at files that have arrived. */
export function processingFiles<Tx extends Sql & object>(options: Processing<Tx>): JobHandler {
  const { database, storage, media, purposes } = options;
  return handleJob(processFile, async ({ payload, done }) => {
    const { id } = payload;
    const [file] = await findFiles(database, [id]);
    const purpose = purposes[payload.purpose];
    if (!purpose || (file && file.state !== "PROCESSING")) return;
    if (!file) {
      // An attempt that died may have written renditions before the file was deleted.
      return removeLeftOver(database, payload, purpose.media.renditions);
    }
    const { contentType, bytes, sha256 } = file;
    const { body } = await storage.read(file.storageKey);
    const result = await media
      .process({ contents: body, contentType, bytes, sha256 }, purpose.media)
      .finally(() => body.destroy());
    const renditions = await writeRenditions(storage, file, result);
    const isKept = await inTransaction<Tx, boolean>(database, async (tx) => {
      await purpose.lock?.(tx, file);
      const locked = await lockFile(tx, id);
      if (!locked) return false;
      if (locked.state === "PROCESSING") {
        await settleFile(tx, id, result, renditions);
        const [settled] = await findFiles(tx, [id]);
        if (settled) await purpose.settled(tx, settled);
        await removeOriginal(tx, file, result);
      }
      await done(tx);
      return true;
    });
    // It was deleted meanwhile: its removal may have run before the renditions were there.
    if (!isKept) await removeLeftOver(database, file, renditions);
  });
}

/**
 * Removes the bytes of a file that was deleted while it was looked at. Also for an attempt that no
 * longer holds its job, and more than once: so it is no part of the job's end, and has a new id.
 */
async function removeLeftOver<Tx extends Sql & object>(
  database: TransactionRunner<Tx>,
  { storageKey }: Pick<FileRow, "storageKey">,
  renditions: Removal["renditions"],
): Promise<void> {
  const removal = { id: newId(), storageKey, uploadId: null, renditions };
  await inTransaction(database, (tx) => enqueueRemoval(tx, [removal]));
}

/** Written before the file is READY, under names of its own: a second attempt writes the same. */
async function writeRenditions(
  storage: Storage,
  file: FileRow,
  result: MediaResult,
): Promise<StoredRendition[]> {
  if (result.kind !== "image") return [];
  return Promise.all(
    result.renditions.map(async ({ contents, ...rendition }) => {
      const key = renditionKey(file, rendition.name);
      await storage.write({ key, contentType: "image/webp", body: contents });
      return { ...rendition, bytes: contents.byteLength };
    }),
  );
}

/** Of an image only its renditions are kept, and nothing of what is refused. */
async function removeOriginal(tx: Sql, file: FileRow, { kind }: MediaResult): Promise<void> {
  if (kind !== "image" && kind !== "refused") return;
  const { id, storageKey } = file;
  const original = { id: `${id}:original`, storageKey, uploadId: null, renditions: [] };
  await enqueueRemoval(tx, [original]);
}

/** Removes bytes that nobody needs any more. */
export function removingBytes(storage: Storage): JobHandler {
  return handleJob(removeBytes, async ({ payload: { keys, upload } }) => {
    if (upload) await storage.abortUpload(upload);
    await storage.remove(keys);
  });
}

const SWEEP_EVERY_MS = 600_000;
const DAY_MS = 86_400_000;
const REFUSED_KEPT_DAYS = 30;
const BATCH = 100;

/** Deletes uploads that were not finished, files without a use, and the rows of refused ones. */
export function sweepingFiles<Tx extends Sql & object>(
  database: TransactionRunner<Tx>,
  now: () => Date,
): RecurringJob {
  const before = (days: number) => new Date(now().getTime() - days * DAY_MS);
  return {
    name: "files.sweep",
    everyMs: SWEEP_EVERY_MS,
    async run(signal) {
      for (let found = BATCH; found === BATCH && !signal.aborted; ) {
        const ages = {
          now: now(),
          unusedSince: before(1),
          refusedSince: before(REFUSED_KEPT_DAYS),
        };
        found = await inTransaction(database, async (tx) => {
          const removed = await deleteAbandoned(tx, ages, BATCH);
          await enqueueRemoval(tx, removed);
          return removed.length;
        });
      }
    },
  };
}
