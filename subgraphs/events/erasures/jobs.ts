// Erases an account in this subgraph: its seats move on, its drafts go, and its own stream goes.
// Published events stay without an organizer. README.md has the table of all columns.
import { inTransaction } from "#kit/data/database";
import { erasing } from "#kit/erasures/erasures";
import { removeFiles } from "#kit/files/jobs";
import type { JobHandler } from "#kit/jobs/handlers";
import {
  appendEntries,
  deleteEntries,
  lockStreams,
  type NewEntry,
  openStreams,
} from "#kit/live/streams";
import type { Database, Transaction } from "../database.ts";
import { accountErased } from "../integration.ts";
import { takeCovers } from "../planning/covers/store.ts";
import { deleteEvent, findEvent } from "../planning/events/store.ts";
import { sweep } from "../seats/sweep.ts";
import { eventStream, hostsStream, personStream } from "../streams.ts";
import { eraseAtDoors, isLeftAtDoors } from "./door-store.ts";
import {
  deletePerson,
  eraseDraft,
  eraseKeys,
  findDraft,
  findRegisteredEvent,
  findStanding,
  hasEntries,
  hasFiles,
  takeFilesOf,
} from "./store.ts";

const ENTRIES = 1_000;
const ROWS = 1_000;
const FILES_AT_ONCE = 100;

/** Entries are found by the poll of open streams, within a second: workers have no Redis. */
export function erasingOfAccounts(database: Database): JobHandler {
  return erasing<Transaction>({
    database,
    answer: accountErased,
    batches: [
      (userId) => eraseCovers(database, userId),
      (userId) => eraseRegistration(database, userId),
      (userId) => eraseOneDraft(database, userId),
      (userId) => eraseAtDoors(database, userId, ROWS),
      async (userId) => (await deleteEntries(database, personStream(userId), ENTRIES)) > 0,
    ],
    async finish(tx, userId) {
      const own = personStream(userId);
      await openStreams(tx, [own]);
      if (await isAnythingLeft(tx, userId, own)) return false;
      await deletePerson(tx, userId, own);
      return true;
    },
  });
}

/** True when a writer that was admitted before has added something of the person. */
async function isAnythingLeft(tx: Transaction, userId: string, own: string): Promise<boolean> {
  if ((await findRegisteredEvent(tx, userId, new Date())) !== null) return true;
  if ((await findDraft(tx, userId)) !== null) return true;
  if (await hasFiles(tx, userId)) return true;
  return (await isLeftAtDoors(tx, userId)) || (await hasEntries(tx, own));
}

/** Deletes some covers that the person has sent, whatever event has them. False without any. */
async function eraseCovers(database: Database, userId: string): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    const files = await takeFilesOf(tx, userId, FILES_AT_ONCE);
    await removeFiles(tx, files);
    return files.length > 0;
  });
}

/** Cancels the person's registration for one event. False when there is no such event. */
async function eraseRegistration(database: Database, userId: string): Promise<boolean> {
  const now = new Date();
  const eventId = await findRegisteredEvent(database, userId, now);
  if (eventId === null) return false;
  await inTransaction(database, async (tx) => {
    await lockStreams(tx, [eventStream(eventId)]);
    const event = await findEvent(tx, eventId);
    const standing = await findStanding(tx, eventId, userId);
    const append = (entries: readonly NewEntry[]) => appendEntries(tx, entries);
    // The seats of an event that is over are history: they stay, and nobody moves up.
    if (event && standing && event.endsAt > now) {
      const after = { ...standing, status: "CANCELLED", cancelledBy: "ATTENDEE" } as const;
      await sweep({ tx, append }, event, [{ before: standing, after }], now);
    }
    await eraseKeys(tx, eventId, userId);
  });
  return true;
}

async function eraseOneDraft(database: Database, userId: string): Promise<boolean> {
  const eventId = await findDraft(database, userId);
  if (eventId === null) return false;
  const streamId = eventStream(eventId);
  await inTransaction(database, async (tx) => {
    await lockStreams(tx, [streamId]);
    const event = await findEvent(tx, eventId);
    if (event?.status !== "DRAFT") return;
    await removeFiles(tx, await takeCovers(tx, eventId));
    if (await eraseDraft(tx, eventId, userId)) {
      await deleteEvent(tx, eventId, { event: streamId, hosts: hostsStream(eventId) });
    }
  });
  return true;
}
