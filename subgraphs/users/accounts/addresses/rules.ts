// How often mails that confirm an address are sent. Pure: no clock, no database.

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

/** An account waits this long between two mails. */
const GAP_MS = 60 * SECOND_MS;
/** How many mails an account may ask for in an hour, the one of its sign-up included. */
const MAILS_MAX = 5;

/** Mails before this instant do not count any more. */
export function mailsCountSince(now: Date): Date {
  return new Date(now.getTime() - HOUR_MS);
}

/** How many such mails an address gets in an hour, whatever accounts ask for them. */
export const MAILS_TO_ADDRESS_MAX = 5;

export type ResendVerdict =
  | { readonly kind: "send"; readonly retryAfterMs: number }
  | { readonly kind: "limited"; readonly retryAfterMs: number };

/** How long an account may claim its address without a proof. */
const CLAIM_MS = 7 * 24 * HOUR_MS;

/** Unverified accounts from before this instant are erased. */
export function abandonedBefore(now: Date): Date {
  return new Date(now.getTime() - CLAIM_MS);
}

/**
 * Judges a mail to another address: people correct a typing error at once, so that only the hour
 * counts.
 */
export function judgeChangeMail(sentAt: readonly Date[], now: Date): ResendVerdict {
  return judgeMail(sentAt, now, 0);
}

/** Judges one more mail. `sentAt`: those of the last hour, the newest first. */
export function judgeResend(sentAt: readonly Date[], now: Date): ResendVerdict {
  return judgeMail(sentAt, now, GAP_MS);
}

function judgeMail(sentAt: readonly Date[], now: Date, gapMs: number): ResendVerdict {
  const endOf = (sent: Date | undefined, lifeMs: number) =>
    sent ? sent.getTime() + lifeMs - now.getTime() : 0;
  const waitMs = Math.max(endOf(sentAt[0], gapMs), endOf(sentAt[MAILS_MAX - 1], HOUR_MS));
  if (waitMs > 0) return { kind: "limited", retryAfterMs: waitMs };
  const next = endOf(sentAt[MAILS_MAX - 2], HOUR_MS);
  return { kind: "send", retryAfterMs: Math.max(gapMs, next) };
}
