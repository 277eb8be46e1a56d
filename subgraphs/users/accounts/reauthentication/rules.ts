// How long an authentication counts, and what an action needs whose session authenticated too long
// ago. Pure: no clock, no database.
import type { Authentication } from "./store.ts";

const RECENT_MS = 10 * 60_000;

/** Until when a session that authenticated then may change how its person signs in. */
export function recentUntil(authenticatedAt: Date): Date {
  return new Date(authenticatedAt.getTime() + RECENT_MS);
}

/** The refusal of an action whose session authenticated too long ago. */
export interface ReauthenticationNeeded {
  readonly kind: "reauthenticate";
  readonly hasSecondFactor: boolean;
}

/** Null when the session authenticated within ten minutes. `found` is null when it has ended. */
export function judgeAuthentication(
  found: Authentication | null,
  now: Date,
): ReauthenticationNeeded | null {
  if (found && recentUntil(found.authenticatedAt) > now) return null;
  return { kind: "reauthenticate", hasSecondFactor: found?.hasSecondFactor ?? false };
}

/**
 * The same for an action that asks for the password itself: without a second factor, the password
 * proves as much as `reauthenticate` does.
 */
export function judgeWithPassword(
  found: Authentication | null,
  now: Date,
): ReauthenticationNeeded | null {
  const needed = judgeAuthentication(found, now);
  return needed?.hasSecondFactor ? needed : null;
}
