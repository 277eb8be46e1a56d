// Keeps the groups of events in step with the registrations: a job for each change, and a search
// for differences once a day.
import { handleJob, type JobHandler, type RecurringJob } from "#kit/jobs/handlers";
import type { Database } from "../database.ts";
import { followingOfEvents, followRegistrations } from "../event-following.ts";
import { findDiffering, findEventConversation } from "./store.ts";

export function followingEvents(database: Database, now: () => Date): JobHandler {
  return handleJob(followingOfEvents, async ({ payload: { eventId } }) => {
    const conversationId = await findEventConversation(database, eventId);
    if (conversationId) await followRegistrations(database, conversationId, now());
  });
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const BATCH = 100;
const FIRST_ID = "00000000-0000-0000-0000-000000000000";

/** Repairs what a lost event or a restored database left different. */
export function reconcilingEvents(database: Database, now: () => Date): RecurringJob {
  return {
    name: "events.reconcile",
    everyMs: DAY_MS,
    async run(signal) {
      for (let after = FIRST_ID; !signal.aborted; ) {
        const differing = await findDiffering(database, after, BATCH);
        for (const id of differing) await followRegistrations(database, id, now());
        const last = differing.at(-1);
        if (last === undefined) return;
        after = last;
      }
    },
  };
}
