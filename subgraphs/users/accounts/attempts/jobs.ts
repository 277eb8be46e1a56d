// Deletes budgets of guesses that are forgotten.
import { systemClock } from "#kit/clock";
import type { RecurringJob } from "#kit/jobs/handlers";
import type { Database } from "../../database.ts";
import { forgottenBefore } from "./rules.ts";
import { deleteForgotten } from "./store.ts";

const HOUR_MS = 3_600_000;
const BATCH = 1_000;

/** Every hour. */
export function cleaningOfAttempts(database: Database, clock = systemClock): RecurringJob {
  return {
    name: "attempts.clean",
    everyMs: HOUR_MS,
    async run(signal) {
      const before = forgottenBefore(clock());
      let found = BATCH;
      while (found === BATCH && !signal.aborted) {
        found = await deleteForgotten(database, before, BATCH);
      }
    },
  };
}
