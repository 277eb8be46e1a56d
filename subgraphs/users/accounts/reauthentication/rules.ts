// How long an authentication counts. Pure: no clock, no database.

const RECENT_MS = 10 * 60_000;

/** Until when a session that authenticated then may change how its person signs in. */
export function recentUntil(authenticatedAt: Date): Date {
  return new Date(authenticatedAt.getTime() + RECENT_MS);
}
