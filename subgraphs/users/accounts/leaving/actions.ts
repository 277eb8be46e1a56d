// Ends accounts, and lets people come back in time. The erasure itself is in jobs.ts.
import { inTransaction } from "#kit/data/database";
import { newId } from "#kit/data/id";
import { signInFirst } from "#kit/errors";
import { enqueue, jobOf } from "#kit/jobs/kinds";
import { requireSignedIn, requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import type { Standing } from "../../generated/prisma/enums.ts";
import { writeTo } from "../../mailing.ts";
import { countAttempt, forgiveAttempt, type TooManyAttempts } from "../attempts.ts";
import { endSessions } from "../endings.ts";
import { refuseTokens } from "../issued-tokens.ts";
import { normalPassword } from "../new-passwords.ts";
import { findPasswordHash } from "../reauthentication/store.ts";
import { judgeBesidePassword, type ReauthenticationNeeded } from "../recent-authentication.ts";
import { findAdminIds, lockAdmins } from "../roles/store.ts";
import { findAccess, lockStanding } from "../standing/store.ts";
import { changeStanding } from "../standings.ts";
import { eraseLeaving } from "./erase.ts";
import { accountLeaving, accountRestored } from "./mails.ts";
import { judgeDeletion } from "./rules.ts";
import { deleteLeaving, findLeaving, insertLeaving } from "./store.ts";

export type DeleteOutcome =
  | { readonly kind: "leaving"; readonly leavesAt: Date }
  | { readonly kind: "wrongPassword" | "lastAdmin" }
  | ReauthenticationNeeded
  | TooManyAttempts;

/** Begins the end of the viewer's account. Of many at once, one does it. */
export async function deleteAccount(context: Context, password: string): Promise<DeleteOutcome> {
  const { id: personId, sessionId } = requireViewer(context);
  const attempt = await countAttempt(context, { kind: "reauthenticate", of: { sessionId } });
  if (attempt.kind === "tooManyAttempts") return attempt;
  const stored = await findPasswordHash(context.database, personId);
  const isMatch = await context.passwords.matches(normalPassword(password), stored);
  if (!isMatch) return { kind: "wrongPassword" };
  await forgiveAttempt(context, attempt);
  return inTransaction(context.database, async (tx): Promise<DeleteOutcome> => {
    const needed = await judgeBesidePassword(tx, context);
    if (needed) return needed;
    await lockAdmins(tx);
    const { standing = null } = (await lockStanding(tx, personId)) ?? {};
    const { leavesAt = null } = (await findLeaving(tx, personId)) ?? {};
    const adminIds = await findAdminIds(tx);
    const verdict = judgeDeletion({ personId, standing, leavesAt, adminIds });
    switch (verdict.kind) {
      case "signedOut":
        throw signInFirst();
      case "leaving":
      case "lastAdmin":
        return verdict;
      case "leave":
        return { kind: "leaving", leavesAt: await leave(tx, context, verdict.standingBefore) };
    }
  });
}

/** Returns when the account will be erased. */
async function leave(tx: Transaction, context: Context, standingBefore: Standing): Promise<Date> {
  const { id: personId } = requireViewer(context);
  const askedAt = context.now();
  const leavesAt = new Date(askedAt.getTime() + context.graceMs);
  const erasureId = newId();
  await insertLeaving(tx, { personId, erasureId, askedAt, leavesAt, standingBefore });
  await changeStanding(tx, personId, "LEAVING");
  await endSessions(tx, { userId: personId }, askedAt);
  // A scope that was added to tokens must not come back with the next sign-in.
  await refuseTokens(tx, personId, askedAt);
  const job = jobOf(eraseLeaving, { personId, erasureId }, { key: erasureId, runAt: leavesAt });
  await enqueue(tx, [job]);
  const params = { leavesAt: leavesAt.toISOString() };
  await writeTo(tx, context, accountLeaving, { personId, params, key: `leaving:${erasureId}` });
  return leavesAt;
}

/** Keeps the viewer's account. Somebody who is not leaving stays as they are. */
export async function restoreAccount(context: Context): Promise<string> {
  const { id: personId } = requireSignedIn(context);
  await inTransaction(context.database, async (tx) => {
    const person = await lockStanding(tx, personId);
    if (person?.standing === "LEAVING") await restore(tx, context, personId);
  });
  return personId;
}

async function restore(tx: Transaction, context: Context, personId: string): Promise<void> {
  const leaving = await findLeaving(tx, personId);
  if (!leaving) return;
  await deleteLeaving(tx, personId);
  const access = await findAccess(tx, personId);
  const isStillClaimed = leaving.standingBefore === "UNVERIFIED" && !access?.isVerified;
  await changeStanding(tx, personId, isStillClaimed ? "UNVERIFIED" : "ACTIVE");
  const key = `restored:${leaving.erasureId}`;
  await writeTo(tx, context, accountRestored, { personId, params: {}, key });
}
