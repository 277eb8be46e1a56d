// Signs people in by a link or a code from a mail, in the browser that asked for it.
import { inTransaction } from "#kit/data/database";
import { newId } from "#kit/data/id";
import { badInput } from "#kit/errors";
import { enqueue } from "#kit/jobs/kinds";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import { writeTo } from "../../mailing.ts";
import { lockAccount } from "../account-locks.ts";
import { normalEmail } from "../addresses.ts";
import { adopt } from "../adoption.ts";
import { newCode, newToken, onceHash, onceLifeMs } from "../once.ts";
import { sealedRequest } from "../sealed-requests.ts";
import { passFirstFactor, type SignInVerdict } from "../signing-in.ts";
import { addressAdopted } from "./mails.ts";
import { magicLinkRequest } from "./requests.ts";
import { digitsOf, MAGIC_LINK, MAILS_TRIED, TRIES_MAX } from "./rules.ts";
import {
  type CodeOutcome,
  endMagicLinks,
  findPersonOf,
  insertMagicLink,
  type LinkOutcome,
  useMagicCode,
  useMagicLink,
} from "./store.ts";

export interface MagicLinkAttempt {
  /** A secret of whoever asked. */
  readonly attempt: string;
  readonly expiresAt: Date;
  readonly lifeSeconds: number;
}

/**
 * Issues a link that belongs to nobody yet, and has the worker send it if the address has an
 * account. It looks nothing up: a request for an unknown address does, and leaves, the same.
 */
export async function requestMagicLink(
  context: Context,
  given: { readonly email: string; readonly attempt?: string | null | undefined },
): Promise<MagicLinkAttempt> {
  const email = normalEmail(given.email);
  const attempt = continuedAttempt(context, email, given.attempt) ?? newAttempt(context, email);
  const createdAt = context.now();
  const lifeMs = onceLifeMs(MAGIC_LINK);
  const expiresAt = new Date(createdAt.getTime() + lifeMs);
  const [id, token, code] = [newId(), newToken(), newCode()];
  const request = { email, id, token, code };
  await inTransaction(context.database, async (tx) => {
    await insertMagicLink(tx, {
      id,
      tokenHash: onceHash(token),
      codeHash: codeHash(context, attempt, code),
      attemptHash: onceHash(attempt),
      createdAt,
      expiresAt,
    });
    const content = { ...request, expiresAt: expiresAt.toISOString() };
    await enqueue(tx, [sealedRequest(magicLinkRequest, context, content)]);
  });
  return { attempt, expiresAt, lifeSeconds: lifeMs / 1_000 };
}

/**
 * A secret, and a mark of the address. Mails to one address can share an attempt; those to several
 * cannot, or else one guess would be tried at the codes of many accounts.
 */
function newAttempt(context: Context, email: string, secret = newToken()): string {
  const mark = context.sealing.digest(`attempt:${secret}:${email}`);
  return `${secret}.${Buffer.from(mark).toString("base64url")}`;
}

/** The attempt that a client sent, if it is one of ours for this address. */
function continuedAttempt(
  context: Context,
  email: string,
  attempt: string | null | undefined,
): string | null {
  const [secret = ""] = attempt?.split(".") ?? [];
  return attempt && newAttempt(context, email, secret) === attempt ? attempt : null;
}

/** With the keyed digest, because a million codes are soon tried on a stolen database. */
function codeHash({ sealing }: Context, attempt: string, code: string) {
  return sealing.digest(`${MAGIC_LINK}:${attempt}:${code}`);
}

type Refusal = Exclude<LinkOutcome | CodeOutcome, { readonly kind: "used" }>;

/** `refused`: the person was found, and may have no session. */
export type MagicOutcome = SignInVerdict | { readonly kind: "refused"; readonly why: Refusal };

interface MagicSignIn {
  readonly attempt: string;
  readonly deviceToken?: string | null | undefined;
}

/** Begins a session with the token of a link. Of many at once, one does. */
export async function signInWithMagicLink(
  context: Context,
  { token, attempt, deviceToken }: { readonly token: string } & MagicSignIn,
): Promise<MagicOutcome> {
  const hashes = { tokenHash: onceHash(token), attemptHash: onceHash(attempt) };
  return inTransaction(context.database, async (tx) => {
    await lockAccountOf(tx, hashes.attemptHash);
    const outcome = await useMagicLink(tx, { ...hashes, now: context.now() });
    return outcome.kind === "used"
      ? arrive(tx, context, outcome.personId, deviceToken)
      : { kind: "refused", why: outcome };
  });
}

/** Begins a session with the code of a mail. Of many at once, one does. */
export async function signInWithMagicCode(
  context: Context,
  { code, attempt, deviceToken }: { readonly code: string } & MagicSignIn,
): Promise<MagicOutcome> {
  const digits = digitsOf(code);
  if (digits === null) {
    throw badInput([{ field: "input.code", message: "must be six digits", received: null }]);
  }
  const guess = { codeHash: codeHash(context, attempt, digits), attemptHash: onceHash(attempt) };
  return inTransaction(context.database, async (tx) => {
    await lockAccountOf(tx, guess.attemptHash);
    const limits = { attemptsMax: TRIES_MAX, linksMax: MAILS_TRIED };
    const outcome = await useMagicCode(tx, { ...guess, ...limits, now: context.now() });
    return outcome.kind === "used"
      ? arrive(tx, context, outcome.personId, deviceToken)
      : { kind: "refused", why: outcome };
  });
}

/**
 * Before its links: a change of the account ends them in this order. An unknown address takes the
 * same statements, or their time would tell that it is unknown.
 */
async function lockAccountOf(tx: Transaction, attemptHash: Uint8Array<ArrayBuffer>): Promise<void> {
  await lockAccount(tx, (await findPersonOf(tx, attemptHash)) ?? newId());
}

/** The mail was read by whoever asked: the address is theirs, and so is the account. */
async function arrive(
  tx: Transaction,
  context: Context,
  personId: string,
  deviceToken: string | null | undefined,
): Promise<MagicOutcome> {
  await endMagicLinks(tx, personId, context.now());
  const adoption = await adopt(tx, context, personId);
  if (adoption === "lost") return { kind: "refused", why: { kind: "invalid" } };
  if (adoption === "adopted") {
    await writeTo(tx, context, addressAdopted, { personId, params: {}, key: newId() });
  }
  return passFirstFactor(tx, context, personId, deviceToken ?? null);
}
