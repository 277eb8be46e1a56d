// Deletes devices that nobody has used for long.
import { systemClock } from "#kit/clock";
import type { RecurringJob } from "#kit/jobs/handlers";
import type { Database } from "../../database.ts";
import { unseenSince } from "./rules.ts";
import { deleteUnseen } from "./store.ts";

const DAY_MS = 86_400_000;
const BATCH = 1_000;

/** Once a day: devices that were not seen for 400 days. */
export function cleaningOfDevices(database: Database, clock = systemClock): RecurringJob {
  return {
    name: "devices.clean",
    everyMs: DAY_MS,
    async run(signal) {
      const before = unseenSince(clock());
      let found = BATCH;
      while (found === BATCH && !signal.aborted) {
        found = await deleteUnseen(database, before, BATCH);
      }
    },
  };
}
