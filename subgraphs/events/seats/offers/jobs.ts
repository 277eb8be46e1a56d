// Tells people of offers that end soon, sweeps an event's list when one ends, and goes on where a
// sweep has stopped.
import { type Clock, systemClock } from "#kit/clock";
import { inTransaction } from "#kit/data/database";
import { addToOutbox } from "#kit/facts/outbox";
import { handleJob, type JobHandler } from "#kit/jobs/handlers";
import { appendEntries, lockStreams, type NewEntry } from "#kit/live/streams";
import type { Database } from "../../database.ts";
import { lapseFact } from "../../integration.ts";
import { findEvent } from "../../planning/events/store.ts";
import { eventStream } from "../../streams.ts";
import { tellLapse } from "../lapses.ts";
import { sweepChanged } from "../sweep.ts";
import { sweepAgain } from "../sweep-jobs.ts";
import { findOffer } from "./store.ts";

/** Tells the person of an offer that it ends soon, if it still stands. */
export function tellingOfLapses(database: Database): JobHandler {
  return handleJob(tellLapse, async ({ payload, done }) => {
    const { eventId, registrationId, offerExpiresAt } = payload;
    await inTransaction(database, async (tx) => {
      await lockStreams(tx, [eventStream(eventId)]);
      const event = await findEvent(tx, eventId);
      const registration = await findOffer(tx, registrationId, new Date(offerExpiresAt));
      if (event?.status === "PUBLISHED" && registration) {
        await addToOutbox(tx, [lapseFact(event, registration)]);
      }
      await done(tx);
    });
  });
}

/** Entries are found by the poll of open streams, within a second: workers have no Redis. */
export function sweepingOfLists(database: Database, clock: Clock = systemClock): JobHandler {
  return handleJob(sweepAgain, async ({ payload, done }) => {
    const { eventId, notBefore } = payload;
    // The clock of the database has started this job; the clock of this process may be behind it.
    const now = new Date(Math.max(clock().getTime(), Date.parse(notBefore)));
    await inTransaction(database, async (tx) => {
      await lockStreams(tx, [eventStream(eventId)]);
      const event = await findEvent(tx, eventId);
      const append = (entries: readonly NewEntry[]) => appendEntries(tx, entries);
      if (event) await sweepChanged({ tx, append }, event, now);
      await done(tx);
    });
  });
}
