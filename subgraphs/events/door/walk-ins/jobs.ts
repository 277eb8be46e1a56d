// Empties what gates wrote about people without a registration, some time after the event.
import type { RecurringJob } from "#kit/jobs/handlers";
import type { Database } from "../../database.ts";
import { emptyLabels } from "./store.ts";

const EVERY_MS = 3_600_000;
const KEPT_MS = 30 * 86_400_000;
const BATCH = 1_000;

export function emptyingLabels(database: Database, now: () => Date): RecurringJob {
  return {
    name: "door.labels",
    everyMs: EVERY_MS,
    async run(signal) {
      const endedBefore = new Date(now().getTime() - KEPT_MS);
      while (!signal.aborted && (await emptyLabels(database, endedBefore, BATCH)) === BATCH) {}
    },
  };
}
