// Marks people who had seats and did not come, some hours after an event at whose door somebody was
// let in. Where nobody used the door, nobody knows who came.
import { inTransaction } from "#kit/data/database";
import type { RecurringJob } from "#kit/jobs/handlers";
import { appendEntries, lockStreams, type NewEntry } from "#kit/live/streams";
import type { Database } from "../../database.ts";
import { findEvent } from "../../planning/events/store.ts";
import { eventStream } from "../../streams.ts";
import { CLOSES_AFTER_MS } from "../hours.ts";
import { tellRegistrations } from "../telling.ts";
import { findAbsent, findUnmarked, markNoShows, setMarked } from "./store.ts";

const EVERY_MS = 300_000;
const BATCH = 200;

export function markingNoShows(database: Database, now: () => Date): RecurringJob {
  return {
    name: "door.noShows",
    everyMs: EVERY_MS,
    async run(signal) {
      while (!signal.aborted && (await markBatch(database, now()))) {}
    },
  };
}

/** Marks some of the people who did not come. False when nothing is left to do. */
export async function markBatch(database: Database, now: Date, batch = BATCH): Promise<boolean> {
  const endedBefore = new Date(now.getTime() - CLOSES_AFTER_MS);
  const eventId = await findUnmarked(database, endedBefore);
  if (eventId === null) return false;
  await inTransaction(database, async (tx) => {
    await lockStreams(tx, [eventStream(eventId)]);
    const event = await findEvent(tx, eventId);
    if (!event || event.noShowsAt !== null || event.endsAt >= endedBefore) return;
    const absent = await findAbsent(tx, eventId, batch);
    if (absent.length > 0) {
      const append = (entries: readonly NewEntry[]) => appendEntries(tx, entries);
      const marked = absent.map((row) => ({ ...row, status: "NO_SHOW" as const }));
      const seqs = await tellRegistrations({ tx, append }, eventId, marked);
      const ids = absent.map(({ id }) => id);
      await markNoShows(tx, ids, seqs);
    }
    if (absent.length < batch) await setMarked(tx, eventId, now);
  });
  return true;
}
