// How many guesses are free, and how long the next one waits. The delays grow, and end: nobody is
// locked out for good. Pure: no clock, no database.

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Stored in keys: never rename one. */
export type AttemptKind =
  | "sign-in"
  | "second-factor"
  | "reauthenticate"
  | "email-code"
  | "mail-request";

/** As many guesses have no delay between them: people mistype, and programs sign in together. */
export const FREE_GUESSES = 10;
export const FIRST_DELAY_MS = SECOND_MS;
export const DELAY_MAX_MS = 15 * MINUTE_MS;

/** Guesses are forgotten when the last of them was counted before this time. */
export function forgottenBefore(now: Date): Date {
  return new Date(now.getTime() - DAY_MS);
}

/** How long the next guess waits after so many. The statement in the store computes the same. */
export function delayMsAfter(guesses: number): number {
  if (guesses < FREE_GUESSES) return 0;
  return Math.min(FIRST_DELAY_MS * 2 ** (guesses - FREE_GUESSES), DELAY_MAX_MS);
}
