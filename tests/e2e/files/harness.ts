// Files over a database and a store of a test's own, whose requests and worker run in the test's
// process, one step after the other, so that each can die or come late.
import { createHash } from "node:crypto";
import { expect, vi } from "vitest";
import { createAdapter, createPool, inTransaction } from "../../../kit/data/database.ts";
import {
  processingFiles,
  removeFiles,
  removingBytes,
  sweepingFiles,
} from "../../../kit/files/jobs.ts";
import type { FileRoom } from "../../../kit/files/rules.ts";
import { findFiles, lockUsage, useFiles } from "../../../kit/files/store.ts";
import { beginUpload, finishUpload, type Ticket } from "../../../kit/files/uploads.ts";
import { createAttempts } from "../../../kit/jobs/attempts.ts";
import { claim } from "../../../kit/jobs/store.ts";
import { createMedia } from "../../../kit/media/media.ts";
import { createLog } from "../../../kit/service/logger.ts";
import type { Storage } from "../../../kit/storage/storage.ts";
import type { Transaction } from "../../../subgraphs/messaging/database.ts";
import { PrismaClient } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { openOwnDatabase } from "../../kit/own-database.ts";
import { startStore, type TestStore } from "../../kit/store.ts";
import { PURPOSE } from "../media/made.ts";

const DAY_MS = 86_400_000;
const KIND = "tested";
const log = createLog({ name: "files-test", level: "silent" });

/** A file as its sender has it. */
export interface Sent {
  readonly contentType: string;
  readonly contents: Uint8Array;
}

/** The services that one process reaches: it may be dead. */
export interface Reach {
  readonly database: PrismaClient;
  readonly storage: Storage;
}

export type Files = Awaited<ReturnType<typeof openFiles>>;

const use = (ownerId: string) => ({ ownerId, purpose: KIND, subjectId: null });

/** Begins and finishes uploads as requests do, and looks at files as a worker does. */
export async function openFiles(room: FileRoom) {
  const own = await openOwnDatabase("messaging");
  const pool = createPool(own.url, log);
  const database = new PrismaClient({ adapter: createAdapter(pool) });
  let laterMs = 0;
  const clock = () => new Date(Date.now() + laterMs);
  const store = await startStore({ clock, sweepEveryMs: 20 });
  const media = createMedia({ log, scanner: null, scansAll: false });
  const reach: Reach = { database, storage: store.storage };
  const services = (at: Reach) => ({ ...at, room, now: () => new Date() });
  return {
    reach,
    async begin(ownerId: string, { contents, contentType }: Sent, at = reach) {
      const sha256 = createHash("sha256").update(contents).digest("hex");
      const file = { fileName: null, contentType, bytes: contents.byteLength, sha256 };
      const sizes = { image: 1_000_000, document: 1_000_000 };
      return beginUpload<Transaction>(services(at), use(ownerId), file, sizes);
    },
    finish: (ownerId: string, id: string, at = reach) =>
      finishUpload<Transaction>(services(at), id, use(ownerId)),
    /** As a feature gives a file its use, such as a message. */
    refer: (ownerId: string, id: string) => useFiles(database, use(ownerId), [id], new Date()),
    remove: (id: string, at = reach) =>
      inTransaction<Transaction, void>(at.database, (tx) => removeFiles(tx, [id])),
    /** Runs all jobs that are due and whose worker, if they had one, has lost them. */
    work: (at = reach) => work(at, media),
    /** Sweeps when all that may end has ended. */
    async sweep(at = reach) {
      const later = () => new Date(Date.now() + 2 * DAY_MS);
      await sweepingFiles<Transaction>(at.database, later).run(signal());
    },
    find: async (id: string) => (await findFiles(database, [id]))[0],
    usage: (ownerId: string) =>
      inTransaction<Transaction, { bytes: number }>(database, (tx) => lockUsage(tx, ownerId)),
    /** The files of the store by their paths: finished ones, parts, and what is being written. */
    kept: () => store.files(),
    /** The store forgets by itself the uploads whose beginner died. */
    async letStoreSweep() {
      laterMs = DAY_MS + 1_000;
      const isSwept = async () => expect(await unfinishedIn(store)).toEqual([]);
      await vi.waitFor(isSwept, { interval: 20, timeout: 20_000 });
      laterMs = 0;
    },
    jobsLeft: () => database.job.count({ where: { state: "WAITING" } }),
    async close() {
      media.stop();
      await store.stop();
      await database.$disconnect();
      await pool.end();
      await own.drop();
    },
  };
}

/** Uploads, and what is being written or removed. */
async function unfinishedIn(store: TestStore): Promise<string[]> {
  return [...(await store.files()).keys()].filter((path) => !path.startsWith("objects/"));
}

const signal = () => new AbortController().signal;

async function work({ database, storage }: Reach, media: ReturnType<typeof createMedia>) {
  const purposes = { [KIND]: { media: PURPOSE, settled: async () => {} } };
  const jobs = [
    processingFiles<Transaction>({ database, storage, media, purposes }),
    removingBytes(storage),
  ];
  const metrics = { ended() {}, stop() {} };
  const attempts = createAttempts({ database, log, metrics, jobs, recurring: [] });
  const { kinds } = attempts;
  for (;;) {
    const claimed = await claim(database, { kinds, limit: 20, leaseMs: 60_000 });
    if (claimed.length === 0) return;
    for (const job of claimed) await attempts.attempt(job, signal());
  }
}

/** Runs all jobs to their end, also those of dead workers and those that wait to be tried again. */
export async function settleJobs({ reach, work, jobsLeft }: Files): Promise<void> {
  const run = async () => {
    await reach.database.$executeRaw`/* test.due */
      update job set lease = null, due_at = now() - interval '1 second' where state = 'WAITING'`;
    await work();
    return jobsLeft();
  };
  await expect.poll(run, { interval: 5 }).toBe(0);
}

/** Sends the parts of a ticket. */
export async function sendParts({ parts }: Ticket, { contents }: Sent): Promise<number[]> {
  return Promise.all(
    parts.map(async ({ url, offset, bytes }) => {
      const body = Buffer.from(contents.subarray(offset, offset + bytes));
      return (await fetch(url, { method: "PUT", body })).status;
    }),
  );
}
