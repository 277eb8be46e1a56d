// Deletes links, codes and challenges that expired a while ago.
import { systemClock } from "#kit/clock";
import type { RecurringJob } from "#kit/jobs/handlers";
import type { Database } from "../../database.ts";
import { deleteExpired } from "./store.ts";

const HOUR_MS = 3_600_000;
const BATCH = 1_000;

/** Every hour: those that expired a day ago, used or not. */
export function cleaningOfOnce(database: Database, clock = systemClock): RecurringJob {
  return {
    name: "one-time.clean",
    everyMs: HOUR_MS,
    async run(signal) {
      const before = new Date(clock().getTime() - 24 * HOUR_MS);
      let found = BATCH;
      while (found === BATCH && !signal.aborted) {
        found = await deleteExpired(database, before, BATCH);
      }
    },
  };
}
