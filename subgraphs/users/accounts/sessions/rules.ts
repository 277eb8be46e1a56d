// Judges refresh tokens that could not be exchanged, and says how long sessions live. Pure: no
// clock, no database.

const DAY_MS = 86_400_000;
const SESSION_DAYS = 90;
const IDLE_DAYS = 30;
const GRACE_MS = 20_000;

/** When a session that begins now ends, however often it is refreshed. */
export function sessionEnd(now: Date): Date {
  return new Date(now.getTime() + SESSION_DAYS * DAY_MS);
}

/** A session that was last used at this time or earlier has ended. */
export function idleLimit(now: Date): Date {
  return new Date(now.getTime() - IDLE_DAYS * DAY_MS);
}

/** The successor of a token exchanged before this time is not given again, and can be deleted. */
export function graceLimit(now: Date): Date {
  return new Date(now.getTime() - GRACE_MS);
}

/** The stored state of a refresh token and of its session. */
export interface TokenState {
  readonly expiresAt: Date;
  readonly lastUsedAt: Date;
  readonly revokedAt: Date | null;
  /** False when the session has deleted the token: it was exchanged some time ago. */
  readonly isKept: boolean;
  readonly rotatedAt: Date | null;
}

export type TokenVerdict = "ended" | "fresh" | "replayed" | "reused";

/**
 * The state of a refresh token. `replayed`: exchanged so recently that the answer may have been
 * lost. `reused`: exchanged before that, so two parties have it.
 */
export function judgeToken(state: TokenState, now: Date): TokenVerdict {
  if (state.revokedAt || state.expiresAt <= now || state.lastUsedAt <= idleLimit(now)) {
    return "ended";
  }
  if (!state.isKept) return "reused";
  if (!state.rotatedAt) return "fresh";
  return state.rotatedAt >= graceLimit(now) ? "replayed" : "reused";
}
