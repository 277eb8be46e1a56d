// Gives and takes the badge of verified people, and settles reviews of names.
import { inTransaction } from "#kit/data/database";
import { isId, newId } from "#kit/data/id";
import { addToOutbox } from "#kit/facts/outbox";
import { enqueue, jobOf } from "#kit/jobs/kinds";
import { mailLanguageOf } from "#kit/mail/kinds";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import { profileFact } from "../../integration.ts";
import { writeTo } from "../../mailing.ts";
import { findUser, lockUser, renameUser, type UserRow } from "../profiles/store.ts";
import { compareNames } from "./comparing.ts";
import { nameReset } from "./mails.ts";
import { judgeSettling, type NameDecision, neutralName } from "./rules.ts";
import {
  findReviewed,
  insertBadge,
  lockReview,
  removeBadge,
  saveName,
  settleReview,
} from "./store.ts";

export type BadgeOutcome =
  | { readonly kind: "done"; readonly user: UserRow }
  | { readonly kind: "notFound" };

/** Gives a person the badge of a verified one. Names that read like theirs go to moderators. */
export async function verifyUser(context: Context, userId: string): Promise<BadgeOutcome> {
  const viewer = requireViewer(context);
  return changeBadge(context, userId, async (tx, user) => {
    if (!(await insertBadge(tx, user, viewer.id, context.now()))) return;
    const badgeId = newId();
    const first = { personId: user.id, badgeId, after: NOBODY };
    await enqueue(tx, [jobOf(compareNames, first, { key: badgeId })]);
  });
}

/** An id before all others. */
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** Takes the badge from a person. */
export async function unverifyUser(context: Context, userId: string): Promise<BadgeOutcome> {
  return changeBadge(context, userId, (tx) => removeBadge(tx, userId));
}

/** The person is locked, so that the badge belongs to the name that they have now. */
async function changeBadge(
  context: Context,
  userId: string,
  change: (tx: Transaction, user: UserRow) => Promise<void>,
): Promise<BadgeOutcome> {
  if (!isId(userId)) return { kind: "notFound" };
  return inTransaction(context.database, async (tx): Promise<BadgeOutcome> => {
    const before = await lockUser(tx, userId);
    if (!before) return { kind: "notFound" };
    await change(tx, before);
    const user = await findUser(tx, userId);
    return user ? { kind: "done", user } : { kind: "notFound" };
  });
}

export type SettleOutcome =
  | { readonly kind: "done"; readonly user: UserRow }
  | { readonly kind: "settled"; readonly decision: NameDecision }
  | { readonly kind: "notFound" };

/** Settles a review. Of several moderators at once, the first decides. */
export async function settleNameReview(
  context: Context,
  reviewId: string,
  decision: NameDecision,
): Promise<SettleOutcome> {
  const viewer = requireViewer(context);
  if (!isId(reviewId)) return { kind: "notFound" };
  return inTransaction(context.database, async (tx): Promise<SettleOutcome> => {
    const personId = await findReviewed(tx, reviewId);
    // The person first, as a change of their name does.
    const user = personId && (await lockUser(tx, personId));
    const review = await lockReview(tx, reviewId);
    if (!user || !review) return { kind: "notFound" };
    const verdict = judgeSettling(decision, review.decision);
    if (verdict.kind === "settled") return verdict;
    if (verdict.kind === "same") return { kind: "done", user };
    const settledAt = context.now();
    await settleReview(tx, reviewId, { decision, settledBy: viewer.id, settledAt });
    return { kind: "done", user: decision === "RESET" ? await reset(tx, context, user) : user };
  });
}

/** Gives a locked person a neutral name, and tells them why. */
async function reset(tx: Transaction, context: Context, user: UserRow): Promise<UserRow> {
  const displayName = neutralName(user.id, mailLanguageOf(user.languages));
  const renamed = await renameUser(tx, user, displayName);
  const named = await saveName(tx, renamed, user.displayName, context.now());
  await addToOutbox(tx, [profileFact(named)]);
  const params = { nameBefore: user.displayName, displayName };
  await writeTo(tx, context, nameReset, { personId: user.id, params, key: newId() });
  return named;
}
