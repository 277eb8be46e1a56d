// Deletes finished jobs when they are old. Until then a done job answers for its key.
import type { Sql } from "#kit/data/database";
import type { RecurringJob } from "#kit/jobs/handlers";
import { deleteFinished } from "#kit/jobs/store";

const DAY_MS = 86_400_000;
const KEPT_MS = { done: 30 * DAY_MS, givenUp: 90 * DAY_MS };
const EVERY_MS = 3_600_000;
const BATCH = 1_000;

/**
 * The recurring job that does so, once an hour: done ones after 30 days, given up ones after 90.
 */
export function cleaning(database: Sql, keptMs = KEPT_MS): RecurringJob {
  return {
    name: "jobs.clean",
    everyMs: EVERY_MS,
    async run(signal) {
      let found = BATCH;
      while (found === BATCH && !signal.aborted) {
        found = await deleteFinished(database, keptMs, BATCH);
      }
    },
  };
}
