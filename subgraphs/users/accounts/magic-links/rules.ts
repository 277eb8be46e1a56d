// Judges whether a link to sign in, or its code, works. Pure: no clock, no database.

/** The kind among the things that work once. */
export const MAGIC_LINK = "magic-link";

/** How often a code can be tried at one mail. */
export const TRIES_MAX = 5;

/** A code is tried at so many mails of an attempt, the newest: asking often is no more guesses. */
export const MAILS_TRIED = 3;

/** The codes of an account. */
export interface Codes {
  /** Wrong ones within a day. One that is tried at several mails counts at each. */
  readonly wrong: number;
  /** Issued within an hour. */
  readonly issued: number;
}

const WRONG_MAX = 10;
const ISSUED_MAX = 5;
const HOUR_MS = 3_600_000;

/** Since when codes count. */
export function codesCountSince(now: Date): { readonly wrong: Date; readonly issued: Date } {
  return {
    wrong: new Date(now.getTime() - 24 * HOUR_MS),
    issued: new Date(now.getTime() - HOUR_MS),
  };
}

/**
 * Whether the next mail to an account has a code beside its link. Strangers can ask for codes and
 * guess them, but links only work where they were asked for.
 */
export function hasCode({ wrong, issued }: Codes): boolean {
  return wrong < WRONG_MAX && issued < ISSUED_MAX;
}

/** The digits of a typed code; null for anything but six digits, with or without spaces. */
export function digitsOf(typed: string): string | null {
  const digits = typed.replaceAll(/[\s-]/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
}
