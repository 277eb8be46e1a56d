// Erases an account in this subgraph: its seats move on, its drafts go, and its own stream goes.
// Published events stay without an organizer. README.md has the table of all columns.
import { inTransaction } from "#kit/data/database";
import { erasing } from "#kit/erasures/erasures";
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
} from "./store.ts";

const ENTRIES = 1_000;
const ROWS = 1_000;

/** Entries are found by the poll of open streams, within a second: workers have no Redis. */
export function erasingOfAccounts(database: Database): JobHandler {
  return erasing<Transaction>({
    database,
    answer: accountErased,
    batches: [
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
  return (await isLeftAtDoors(tx, userId)) || (await hasEntries(tx, own));
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
    if (await eraseDraft(tx, eventId, userId)) {
      await deleteEvent(tx, eventId, { event: streamId, hosts: hostsStream(eventId) });
    }
  });
  return true;
}
