// Ends an account without time to come back. Its erasure is a job, as that of people who leave.
import { newId } from "#kit/data/id";
import { enqueue, jobOf } from "#kit/jobs/kinds";
import type { Transaction } from "../database.ts";
import { endSessions } from "./endings.ts";
import { eraseLeaving } from "./leaving/erase.ts";
import { insertLeaving } from "./leaving/store.ts";
import { changeStanding } from "./standings.ts";

/** Ends the account of an unverified person, whose standing is locked. */
export async function eraseNow(tx: Transaction, personId: string, now: Date): Promise<void> {
  const erasureId = newId();
  const leavesAt = new Date(now.getTime() + 1);
  const standingBefore = "UNVERIFIED";
  await insertLeaving(tx, { personId, erasureId, askedAt: now, leavesAt, standingBefore });
  await changeStanding(tx, personId, "LEAVING");
  await endSessions(tx, { userId: personId }, now);
  const job = { key: erasureId, runAt: leavesAt };
  await enqueue(tx, [jobOf(eraseLeaving, { personId, erasureId }, job)]);
}
