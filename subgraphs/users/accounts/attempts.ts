// Limits guesses at what belongs to an account, for every feature that compares a secret: call
// `countAttempt` before anything is hashed or compared, and `forgiveAttempt` when the guess was
// right. Strangers and new devices share one budget of an account; a device on which the person has
// signed in has one of its own, which strangers cannot use up. Limits by client address are the
// router's.
import type { Sealing } from "#kit/trust/sealing";
import type { Database } from "../database.ts";
import {
  type AttemptKind,
  DELAY_MAX_MS,
  FIRST_DELAY_MS,
  FREE_GUESSES,
  forgottenBefore,
} from "./attempts/rules.ts";
import { countGuess, forgetGuesses, uncountGuess } from "./attempts/store.ts";
import { findDevice, findDeviceOfAddress } from "./devices/store.ts";
import { deviceTokenHash } from "./devices/tokens.ts";

interface Services {
  readonly database: Database;
  readonly sealing: Sealing;
  now(): Date;
}

/**
 * At what is guessed: an address in its normal form, whether or not it has an account; a person; or
 * what one session alone can reach.
 */
export type AttemptSubject =
  | { readonly email: string }
  | { readonly personId: string }
  | { readonly sessionId: string };

export interface AttemptOptions {
  readonly kind: AttemptKind;
  readonly of: AttemptSubject;
  /** As the client sent it; an unknown one is as good as none. */
  readonly deviceToken?: string | null;
}

/** A guess that was counted, and can be made now. */
export interface CountedAttempt {
  readonly kind: "counted";
  readonly key: Uint8Array<ArrayBuffer>;
  readonly guesses: number;
  /** Nobody else has used this budget. */
  readonly isOwn: boolean;
}

export interface TooManyAttempts {
  readonly kind: "tooManyAttempts";
  readonly retryAfterMs: number;
}

/**
 * Counts a guess before it is made, outside of any transaction, so that none rolls it back.
 * `tooManyAttempts`: it is not time for one, and nothing was counted.
 */
export async function countAttempt(
  services: Services,
  { kind, of, deviceToken }: AttemptOptions,
): Promise<CountedAttempt | TooManyAttempts> {
  const { database, sealing } = services;
  const now = services.now();
  const deviceId = deviceToken ? await knownDevice(database, of, deviceToken) : null;
  const [name, value] = deviceId ? ["device", deviceId] : (Object.entries(of)[0] ?? []);
  const key = sealing.digest(`attempt:${kind}:${name}:${value}`);
  const counted = await countGuess(database, {
    key,
    now,
    forgottenBefore: forgottenBefore(now),
    freeGuesses: FREE_GUESSES,
    firstDelayMs: FIRST_DELAY_MS,
    delayMaxMs: DELAY_MAX_MS,
  });
  if (counted.kind === "waits") {
    const retryAfterMs = Math.max(1, counted.freeAt.getTime() - now.getTime());
    return { kind: "tooManyAttempts", retryAfterMs };
  }
  return { ...counted, key, isOwn: deviceId !== null || "sessionId" in of };
}

/**
 * The guess was right. A budget of one's own begins anew; of a shared one only this guess is taken
 * back, or else strangers could guess on whenever the person has signed in.
 */
export async function forgiveAttempt(
  { database, now }: Services,
  { key, guesses, isOwn }: CountedAttempt,
): Promise<void> {
  if (isOwn) await forgetGuesses(database, key);
  else await uncountGuess(database, { key, guesses, now: now() });
}

/** The problem that a resolver answers with. */
export function tooManyAttemptsProblem({ retryAfterMs }: TooManyAttempts) {
  const seconds = Math.ceil(retryAfterMs / 1_000);
  const wait = seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
  return {
    __typename: "TooManyAttemptsProblem",
    reason: `There were too many attempts. Try again in ${wait}.`,
    retryAfterMs,
  } as const;
}

async function knownDevice(
  database: Database,
  of: AttemptSubject,
  deviceToken: string,
): Promise<string | null> {
  if ("sessionId" in of) return null;
  const tokenHash = deviceTokenHash(deviceToken);
  const device = await ("email" in of
    ? findDeviceOfAddress(database, { tokenHash, email: of.email })
    : findDevice(database, { tokenHash, personId: of.personId }));
  return device?.id ?? null;
}
