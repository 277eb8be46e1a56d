// Deletes sessions that ended long ago, with their refresh tokens.
import { systemClock } from "#kit/clock";
import type { RecurringJob } from "#kit/jobs/handlers";
import type { Database } from "../../database.ts";
import { deleteEnded } from "./store.ts";

const DAY_MS = 86_400_000;
const BATCH = 1_000;

/** Once a day: sessions whose end is a week ago, however they ended. */
export function cleaningOfSessions(database: Database, clock = systemClock): RecurringJob {
  return {
    name: "sessions.clean",
    everyMs: DAY_MS,
    async run(signal) {
      const before = new Date(clock().getTime() - 7 * DAY_MS);
      let found = BATCH;
      while (found === BATCH && !signal.aborted) found = await deleteEnded(database, before, BATCH);
    },
  };
}
