// What makes a link to sign in, or its code, worth something. Pure: no clock, no database.

/** The kind among the things that work once. */
export const MAGIC_LINK = "magic-link";

/** How often a code can be tried at one mail. */
export const TRIES_MAX = 5;

/**
 * After so many wrong codes within a day, mails to an account have a link and no code: strangers
 * can ask for codes and guess them, but links only work where they were asked for.
 */
export const WRONG_CODES_MAX = 10;
export const WRONG_CODES_HOURS = 24;

/** The digits of a typed code; null for anything but six digits, with or without spaces. */
export function digitsOf(typed: string): string | null {
  const digits = typed.replaceAll(/[\s-]/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
}

/** Whether a text can be an attempt of ours: 256 random bits. */
export function isAttempt(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}
