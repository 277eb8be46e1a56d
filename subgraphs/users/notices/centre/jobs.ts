// Deletes notifications that are old.
import { systemClock } from "#kit/clock";
import type { RecurringJob } from "#kit/jobs/handlers";
import type { Database } from "../../database.ts";
import { deleteOld } from "./store.ts";

const DAY_MS = 86_400_000;
const KEPT_MS = 90 * DAY_MS;
const BATCH = 1_000;

/** Once a day: those that are older than 90 days. */
export function cleaningOfNotifications(database: Database, clock = systemClock): RecurringJob {
  return {
    name: "notifications.clean",
    everyMs: DAY_MS,
    async run(signal) {
      const before = new Date(clock().getTime() - KEPT_MS);
      let found = BATCH;
      while (found === BATCH && !signal.aborted) {
        found = await deleteOld(database, before, BATCH);
      }
    },
  };
}
