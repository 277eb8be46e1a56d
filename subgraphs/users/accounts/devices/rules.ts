// When a device is forgotten, and when an account is new. Pure: no clock, no database.

const DAY_MS = 86_400_000;
/** As long as browsers keep a cookie. */
const REMEMBERED_DAYS = 400;

/** A device that was not seen since then is forgotten. */
export function unseenSince(now: Date): Date {
  return new Date(now.getTime() - REMEMBERED_DAYS * DAY_MS);
}

/** An account from before then is not new: its first device is news, too. */
export function oldBefore(now: Date): Date {
  return new Date(now.getTime() - DAY_MS);
}
