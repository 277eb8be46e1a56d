// Changes passwords, and sets new ones by links that were sent by mail.
import { inTransaction } from "#kit/data/database";
import { newId } from "#kit/data/id";
import { invariant } from "#kit/invariant";
import { enqueue } from "#kit/jobs/kinds";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import { writeTo } from "../../mailing.ts";
import { lockAccount } from "../account-locks.ts";
import { normalEmail } from "../addresses.ts";
import { adopt } from "../adoption.ts";
import { countAttempt, forgiveAttempt, type TooManyAttempts } from "../attempts.ts";
import { rememberDevice } from "../devices.ts";
import { endSessions } from "../endings.ts";
import { judgePassword, normalPassword, weak } from "../new-passwords.ts";
import { onceHash, onceLifeMs, useOnce } from "../once.ts";
import { endAllOnce, findToken } from "../one-time/store.ts";
import { judgeBesidePassword, type ReauthenticationNeeded } from "../recent-authentication.ts";
import { sealedRequest } from "../sealed-requests.ts";
import { passwordChanged } from "./mails.ts";
import { resetRequest } from "./requests.ts";
import { RESET_KIND, SIGN_IN_KINDS, type WeakPassword } from "./rules.ts";
import { findPasswordOwner, replacePassword, setPassword } from "./store.ts";

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

export type ChangeOutcome =
  | { readonly kind: "changed"; readonly sessionsEnded: number }
  | { readonly kind: "wrong" }
  | ReauthenticationNeeded
  | TooManyAttempts
  | WeakPassword;

/** Replaces the viewer's password, and ends their other sessions. Of many at once, one succeeds. */
export async function changePassword(
  context: Context,
  given: PasswordChange,
): Promise<ChangeOutcome> {
  const { database, passwords } = context;
  const { id: personId, sessionId } = requireViewer(context);
  const needed = await inTransaction(database, (tx) => judgeBesidePassword(tx, context));
  if (needed) return needed;
  const attempt = await countAttempt(context, { kind: "reauthenticate", of: { sessionId } });
  if (attempt.kind === "tooManyAttempts") return attempt;
  const owner = await findPasswordOwner(database, personId);
  invariant(owner, "a session belongs to nobody", { personId });
  const { passwordHash: from } = owner;
  const current = normalPassword(given.currentPassword);
  if (!(await passwords.matches(current, from)) || from === null) return { kind: "wrong" };
  await forgiveAttempt(context, attempt);
  const password = normalPassword(given.newPassword);
  if (password === current) return weak("UNCHANGED");
  const verdict = judgePassword({ ...owner, password });
  if (verdict.kind === "weak") return verdict;
  const to = await passwords.hash(password);
  return inTransaction(database, async (tx): Promise<ChangeOutcome> => {
    if (!(await replacePassword(tx, { personId, from, to }))) return { kind: "wrong" };
    const sessionsEnded = await settle(tx, context, { personId, except: sessionId });
    return { kind: "changed", sessionsEnded };
  });
}

/**
 * Has the worker send a link, if the address has an account. It looks nothing up. Returns for how
 * many seconds the link will work.
 */
export async function requestPasswordReset(context: Context, email: string): Promise<number> {
  const lifeMs = onceLifeMs(RESET_KIND);
  const expiresAt = new Date(context.now().getTime() + lifeMs).toISOString();
  await enqueue(context.database, [
    sealedRequest(resetRequest, context, { email: normalEmail(email), expiresAt }),
  ]);
  return lifeMs / 1_000;
}

export type ResetOutcome =
  | { readonly kind: "reset"; readonly email: string; readonly deviceToken: string }
  | { readonly kind: "invalid" }
  | WeakPassword;

/**
 * Sets a password with the token of a link, ends all sessions, and makes the address the account's
 * own. A weak password does not use the token. Of many at once with one token, one succeeds. The
 * device is known from then on, so that strangers who guess cannot keep its person waiting.
 */
export async function resetPassword(
  context: Context,
  given: {
    readonly token: string;
    readonly password: string;
    readonly deviceToken?: string | null | undefined;
  },
): Promise<ResetOutcome> {
  const { database } = context;
  const { token } = given;
  const found = await findToken(database, {
    kind: RESET_KIND,
    tokenHash: onceHash(token),
    now: context.now(),
  });
  const owner = found && (await findPasswordOwner(database, found.personId));
  if (!owner) return { kind: "invalid" };
  const password = normalPassword(given.password);
  const verdict = judgePassword({ ...owner, password });
  if (verdict.kind === "weak") return verdict;
  const passwordHash = await context.passwords.hash(password);
  return inTransaction(database, async (tx): Promise<ResetOutcome> => {
    const { personId } = found;
    await lockAccount(tx, personId);
    if (!(await useOnce(tx, context, RESET_KIND, token))) return { kind: "invalid" };
    if ((await adopt(tx, context, personId)) === "lost") return { kind: "invalid" };
    await setPassword(tx, personId, passwordHash);
    await settle(tx, context, { personId });
    const { deviceToken = null } = given;
    const device = await rememberDevice(tx, context, { personId, deviceToken });
    return { kind: "reset", email: owner.email, deviceToken: device.token };
  });
}

/**
 * Ends what the old password has opened, and tells the person. The sessions come last: a sign-in
 * that was waited for above has begun one.
 */
async function settle(
  tx: Transaction,
  context: Context,
  { personId, except }: { readonly personId: string; readonly except?: string },
): Promise<number> {
  const now = context.now();
  await endAllOnce(tx, personId, now, SIGN_IN_KINDS);
  const params = { at: now.toISOString() };
  await writeTo(tx, context, passwordChanged, { personId, params, key: newId() });
  return endSessions(tx, { userId: personId, ...(except && { except }) }, now);
}
