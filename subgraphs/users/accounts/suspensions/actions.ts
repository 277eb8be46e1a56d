// Suspends and reinstates people. The change, its history, the end of the sessions and the mail are
// one transaction.
import { inTransaction } from "#kit/data/database";
import { isId, newId } from "#kit/data/id";
import { fail } from "#kit/errors";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import { writeTo } from "../../mailing.ts";
import { findUser, type UserRow } from "../../people/profiles/store.ts";
import { sealOf } from "../../sealing.ts";
import { endSessions } from "../endings.ts";
import { refuseTokens } from "../issued-tokens.ts";
import { findAdminIds, lockAdmins } from "../roles/store.ts";
import { findAccess, lockStanding } from "../standing/store.ts";
import { changeStanding } from "../standings.ts";
import { REASON_PURPOSE } from "../suspended.ts";
import { accountReinstated, accountSuspended } from "./mails.ts";
import {
  isModerator,
  isProtected,
  type Judged,
  judgeSuspension,
  type SuspensionVerdict,
  standingAfter,
} from "./rules.ts";
import { endSuspension, insertSuspension } from "./store.ts";

type Refusal = Exclude<SuspensionVerdict, "suspend">;

export type SuspendOutcome =
  | { readonly kind: "suspended"; readonly user: UserRow }
  | { readonly kind: Refusal | "notFound" };

/** Suspends a person. A suspension that lasts stays as it is. */
export async function suspendUser(
  context: Context,
  { userId, reason }: { readonly userId: string; readonly reason: string },
): Promise<SuspendOutcome> {
  return moderate<SuspendOutcome>(context, userId, async (tx, judged, user) => {
    const verdict = judgeSuspension(judged, await findAdminIds(tx));
    if (verdict !== "suspend") return { kind: verdict };
    const standing = await lockStanding(tx, user.id);
    if (standing && standing.standing !== "SUSPENDED") {
      await suspend(tx, context, { user, reason, before: standing.standing });
    }
    return { kind: "suspended", user };
  });
}

interface NewlySuspended {
  readonly user: UserRow;
  readonly reason: string;
  readonly before: Parameters<typeof standingAfter>[0];
}

async function suspend(
  tx: Transaction,
  context: Context,
  { user, reason, before }: NewlySuspended,
): Promise<void> {
  const suspendedAt = context.now();
  const seal = await sealOf(tx, context, user.id);
  const id = newId();
  await insertSuspension(tx, {
    id,
    personId: user.id,
    sealedReason: seal.seal(REASON_PURPOSE, reason),
    standingBefore: before,
    suspendedBy: requireViewer(context).id,
    suspendedAt,
  });
  await changeStanding(tx, user.id, "SUSPENDED");
  await endSessions(tx, { userId: user.id }, suspendedAt);
  await refuseTokens(tx, user.id, suspendedAt);
  await writeTo(tx, context, accountSuspended, {
    personId: user.id,
    params: { reason },
    key: id,
  });
}

export type ReinstateOutcome =
  | { readonly kind: "reinstated"; readonly user: UserRow }
  | { readonly kind: "protected" | "notFound" };

/** Ends a person's suspension. Without one, nothing changes. */
export async function reinstateUser(context: Context, userId: string): Promise<ReinstateOutcome> {
  return moderate<ReinstateOutcome>(context, userId, async (tx, judged, user) => {
    if (isProtected(judged)) return { kind: "protected" };
    await lockStanding(tx, user.id);
    const before = await endSuspension(tx, user.id, judged.viewerId, context.now());
    if (before) {
      const access = await findAccess(tx, user.id);
      await changeStanding(tx, user.id, standingAfter(before, access?.isVerified ?? false));
      const mail = { personId: user.id, params: {}, key: newId() };
      await writeTo(tx, context, accountReinstated, mail);
    }
    return { kind: "reinstated", user };
  });
}

/**
 * Runs `work` while nobody else changes roles or suspends. The viewer must still be a moderator
 * whose account is in use: their token may be older than the loss of the role.
 */
async function moderate<Outcome>(
  context: Context,
  userId: string,
  work: (tx: Transaction, judged: Judged, user: UserRow) => Promise<Outcome>,
): Promise<Outcome | { readonly kind: "notFound" }> {
  const viewer = requireViewer(context);
  return inTransaction(context.database, async (tx) => {
    await lockAdmins(tx);
    const own = await findAccess(tx, viewer.id);
    if (own?.standing !== "ACTIVE" || !isModerator(own.roles)) {
      throw fail("FORBIDDEN", "You are no longer a moderator.");
    }
    const user = isId(userId) ? await findUser(tx, userId) : null;
    const access = user && (await findAccess(tx, user.id));
    if (!user || !access) return { kind: "notFound" };
    const judged = { viewerId: viewer.id, viewerRoles: own.roles };
    return work(tx, { ...judged, personId: user.id, personRoles: access.roles }, user);
  });
}
