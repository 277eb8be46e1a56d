// Deletes the subscriptions of sessions that have ended.
import { systemClock } from "#kit/clock";
import type { RecurringJob } from "#kit/jobs/handlers";
import { findOpenSessions } from "../../accounts/devices/store.ts";
import type { Database } from "../../database.ts";
import { deletePushSubscriptions, listBySession } from "./store.ts";

const DAY_MS = 86_400_000;
const BATCH = 500;

/** Once a day. Until then, pushes leave them out. */
export function cleaningOfPushSubscriptions(database: Database, now = systemClock): RecurringJob {
  return {
    name: "push-subscriptions.clean",
    everyMs: DAY_MS,
    async run(signal) {
      let after: string | null = null;
      while (!signal.aborted) {
        const rows = await listBySession(database, after, BATCH);
        const sessionIds = rows.map(({ sessionId }) => sessionId);
        const open = await findOpenSessions(database, sessionIds, now());
        const openIds = new Set(open.map(({ id }) => id));
        const ended = rows.filter(({ sessionId }) => !openIds.has(sessionId));
        await deletePushSubscriptions(
          database,
          ended.map(({ id }) => id),
        );
        const last = rows.at(-1);
        if (!last || rows.length < BATCH) return;
        after = last.id;
      }
    },
  };
}
