// Computes skeletons of names again that have an older version, and compares the names that are
// there with that of a person who has the badge now.
import { systemClock } from "#kit/clock";
import { inTransaction } from "#kit/data/database";
import { handleJob, type JobHandler } from "#kit/jobs/handlers";
import { enqueue, jobOf } from "#kit/jobs/kinds";
import type { Database } from "../../database.ts";
import { compareNames } from "./comparing.ts";
import { lockOldSkeletons, reviewAlike, saveSkeletons } from "./store.ts";

/** So many names in one transaction. Many people may share a common name. */
const BATCH = 200;

/** Each batch is a job, which enqueues the next one in its own transaction. */
export function comparingNames(database: Database, clock = systemClock): JobHandler {
  return handleJob(compareNames, async ({ payload, done }) => {
    const { personId, badgeId, after } = payload;
    await inTransaction(database, async (tx) => {
      const last = await reviewAlike(tx, { personId, after, limit: BATCH }, clock());
      if (last !== null) {
        const next = { personId, badgeId, after: last };
        await enqueue(tx, [jobOf(compareNames, next, { key: `${badgeId}:${last}` })]);
      }
      await done(tx);
    });
  });
}

/** Does one batch and returns its size. Replicas that do so at once share the work. */
export async function renewSkeletons(database: Database, limit: number): Promise<number> {
  return inTransaction(database, async (tx) => {
    const people = await lockOldSkeletons(tx, limit);
    if (people.length > 0) await saveSkeletons(tx, people);
    return people.length;
  });
}
