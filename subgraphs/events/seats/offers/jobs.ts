// Sweeps an event's list when an offer ends, and goes on where a sweep has stopped.
import { type Clock, systemClock } from "#kit/clock";
import { inTransaction } from "#kit/data/database";
import { handleJob, type JobHandler } from "#kit/jobs/handlers";
import { appendEntries, lockStreams, type NewEntry } from "#kit/live/streams";
import type { Database } from "../../database.ts";
import { findEvent } from "../../planning/events/store.ts";
import { eventStream } from "../../streams.ts";
import { sweepChanged } from "../sweep.ts";
import { sweepAgain } from "../sweep-jobs.ts";

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
