// Turns the second factor of a person on and off, and answers the challenges of signing in.
import { inTransaction } from "#kit/data/database";
import { isId, newId } from "#kit/data/id";
import { fail } from "#kit/errors";
import { base32 } from "#kit/input/base32";
import type { MailKind } from "#kit/mail/kinds";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import { writeTo } from "../../mailing.ts";
import { findUser, type UserRow } from "../../people/profiles/store.ts";
import { sealOf } from "../../sealing.ts";
import { countAttempt, forgiveAttempt, type TooManyAttempts } from "../attempts.ts";
import { endSessions } from "../endings.ts";
import { findOnce, tryOnce } from "../once.ts";
import { finishOnce } from "../one-time/store.ts";
import {
  judgeRecentAuthentication,
  type ReauthenticationNeeded,
} from "../recent-authentication.ts";
import {
  makeRecoveryCodes,
  needsSecondFactor,
  openSecret,
  sealSecret,
  useFactorCode,
} from "../second-factors.ts";
import { passSecondFactor, type SecondFactorVerdict } from "../signing-in.ts";
import { findAccess, lockAccess, lockStanding } from "../standing/store.ts";
import { typedCode } from "./codes.ts";
import {
  recoveryCodesRenewed,
  secondFactorOff,
  secondFactorOn,
  secondFactorReset,
} from "./mails.ts";
import { pendingLimit } from "./rules.ts";
import { confirmPending, deleteFactor, findFactor, putPending } from "./store.ts";
import { newSecret, stepWithCode, uriOf } from "./totp.ts";

/** The kind of challenges. */
const KIND = "second-factor";

export type EnrollOutcome =
  | { readonly kind: "enrolled"; readonly secret: string; readonly uri: string }
  | ReauthenticationNeeded;

/** Keeps a new secret until a code confirms it. */
export async function enrollTotp(context: Context): Promise<EnrollOutcome> {
  const { id: personId } = requireViewer(context);
  const address = await context.loaders.address.load(personId);
  return inTransaction(context.database, async (tx) => {
    const refusal = await judgeRecentAuthentication(tx, context);
    if (refusal) return refusal;
    const secret = newSecret();
    const seal = await sealOf(tx, context, personId);
    await putPending(tx, personId, sealSecret(seal, secret), context.now());
    return { kind: "enrolled", secret: base32(secret), uri: uriOf(secret, address?.email ?? "") };
  });
}

export type ConfirmOutcome =
  | { readonly kind: "on"; readonly recoveryCodes: readonly string[] }
  | { readonly kind: "wrong" }
  | { readonly kind: "notPending" };

/**
 * Turns the second factor on, or replaces its app. Of many at once, one gives recovery codes. It
 * needs no step-up: only the session that has just shown the secret can know a code.
 */
export async function confirmTotp(context: Context, text: string): Promise<ConfirmOutcome> {
  const { id: personId, sessionId } = requireViewer(context);
  return inTransaction(context.database, async (tx) => {
    // A sign-in at the same time waits, and then needs the code, or is ended below.
    await lockStanding(tx, personId);
    const now = context.now();
    const factor = await findFactor(tx, personId);
    const { pendingSecret, pendingAt } = factor ?? {};
    if (!pendingSecret || !pendingAt || pendingAt <= pendingLimit(now)) {
      return { kind: "notPending" };
    }
    const seal = await sealOf(tx, context, personId);
    const typed = typedCode(text);
    const secret = openSecret(seal, pendingSecret);
    const step = typed?.kind === "app" ? stepWithCode(secret, typed.code, now) : null;
    if (step === null) return { kind: "wrong" };
    if (!(await confirmPending(tx, { personId, pendingSecret, step, now }))) {
      return { kind: "notPending" };
    }
    const isNewApp = factor?.enabledAt !== null;
    if (!isNewApp) await endSessions(tx, { userId: personId, except: sessionId }, now);
    const params = { isNewApp };
    await writeTo(tx, context, secondFactorOn, { personId, params, key: newId() });
    return { kind: "on", recoveryCodes: await makeRecoveryCodes(tx, context, personId) };
  });
}

export type DisableOutcome =
  | { readonly kind: "off" }
  | { readonly kind: "needed" }
  | ReauthenticationNeeded;

/** Turns the second factor off. Without one, nothing changes. */
export async function disableTotp(context: Context): Promise<DisableOutcome> {
  const { id: personId } = requireViewer(context);
  return inTransaction(context.database, async (tx) => {
    await lockStanding(tx, personId);
    const refusal = await judgeRecentAuthentication(tx, context);
    if (refusal) return refusal;
    const { roles = [] } = (await findAccess(tx, personId)) ?? {};
    if (needsSecondFactor(roles, context.secondFactorRequiredFor)) return { kind: "needed" };
    if (await deleteFactor(tx, personId)) await tell(tx, context, personId, secondFactorOff);
    return { kind: "off" };
  });
}

export type RenewOutcome =
  | { readonly kind: "renewed"; readonly recoveryCodes: readonly string[] }
  | { readonly kind: "off" }
  | ReauthenticationNeeded;

/** Replaces the recovery codes. */
export async function renewRecoveryCodes(context: Context): Promise<RenewOutcome> {
  const { id: personId } = requireViewer(context);
  return inTransaction(context.database, async (tx) => {
    await lockStanding(tx, personId);
    const refusal = await judgeRecentAuthentication(tx, context);
    if (refusal) return refusal;
    const factor = await findFactor(tx, personId);
    if (!factor?.enabledAt) return { kind: "off" };
    await tell(tx, context, personId, recoveryCodesRenewed);
    return { kind: "renewed", recoveryCodes: await makeRecoveryCodes(tx, context, personId) };
  });
}

export type ResetOutcome =
  | { readonly kind: "reset"; readonly user: UserRow }
  | { readonly kind: "off" }
  | { readonly kind: "notFound" }
  | ReauthenticationNeeded;

/** Turns the second factor of somebody off, for admins, and ends their sessions. */
export async function resetSecondFactor(context: Context, userId: string): Promise<ResetOutcome> {
  const viewer = requireViewer(context);
  return inTransaction(context.database, async (tx) => {
    const access = await findAccess(tx, viewer.id);
    if (!access?.roles.includes("ADMIN")) throw fail("FORBIDDEN", "You are no longer an admin.");
    const user = isId(userId) ? await findUser(tx, userId) : null;
    if (!user) return { kind: "notFound" };
    const refusal = await judgeRecentAuthentication(tx, context);
    if (refusal) return refusal;
    await lockStanding(tx, user.id);
    if (!(await deleteFactor(tx, user.id))) return { kind: "off" };
    await endSessions(tx, { userId: user.id }, context.now());
    await tell(tx, context, user.id, secondFactorReset);
    return { kind: "reset", user };
  });
}

export interface Answer {
  readonly challenge: string;
  readonly code: string;
  readonly deviceToken?: string | null | undefined;
}

type Judged =
  | SecondFactorVerdict
  | { readonly kind: "wrong"; readonly attemptsLeft: number }
  | { readonly kind: "ended" };

export type AnswerOutcome = Judged | TooManyAttempts;

/**
 * Answers a challenge. Guesses are limited for each challenge, and for a person over all of their
 * challenges. A failure of the server counts for neither.
 */
export async function answerSecondFactor(
  context: Context,
  { challenge, code, deviceToken = null }: Answer,
): Promise<AnswerOutcome> {
  const found = await findOnce(context.database, context, KIND, challenge);
  if (!found) return { kind: "ended" };
  const of = { personId: found.personId };
  const attempt = await countAttempt(context, { kind: KIND, of, deviceToken });
  if (attempt.kind === "tooManyAttempts") return attempt;
  let outcome: Judged | null = null;
  try {
    const given = { challenge, code, deviceToken, personId: found.personId };
    outcome = await inTransaction(context.database, (tx) => judgeAnswer(tx, context, given));
    return outcome;
  } finally {
    if (outcome?.kind !== "wrong") await forgiveAttempt(context, attempt);
  }
}

interface Given {
  readonly personId: string;
  readonly challenge: string;
  readonly code: string;
  readonly deviceToken: string | null;
}

/**
 * The row of the challenge is locked while a try is judged, so that a burst has five tries, and a
 * right answer that is sent many times at once begins one session. A wrong answer commits, to
 * count; an error rolls the try back.
 */
async function judgeAnswer(
  tx: Transaction,
  context: Context,
  { personId, challenge, code, deviceToken }: Given,
): Promise<Judged> {
  // Before the challenge: what ends a person's sessions locks in this order too.
  const access = await lockAccess(tx, personId);
  const tried = await tryOnce(tx, context, KIND, challenge);
  if (!tried) return { kind: "ended" };
  const verdict = await useFactorCode(tx, context, personId, code);
  if (verdict === "wrong") return { kind: "wrong", attemptsLeft: tried.attemptsLeft };
  await finishOnce(tx, tried.id, context.now());
  if (verdict === "off") return { kind: "ended" };
  return passSecondFactor(tx, context, { personId, access, deviceToken });
}

async function tell(
  tx: Transaction,
  context: Context,
  personId: string,
  kind: MailKind,
): Promise<void> {
  await writeTo(tx, context, kind, { personId, params: {}, key: newId() });
}
