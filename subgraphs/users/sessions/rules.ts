// What makes an e-mail address and a password acceptable, and what becomes of a refresh token that
// was not exchanged. Pure: no clock, no database.

/** One form for all ways of writing an address. */
export function normalEmail(email: string): string {
  return email.normalize("NFKC").trim().toLowerCase();
}

/** One form for all ways in which keyboards write the same password. */
export function normalPassword(password: string): string {
  return password.normalize("NFKC");
}

const PASSWORD_LENGTH_MIN = 8;

interface Applicant {
  readonly email: string;
  readonly displayName: string;
  readonly password: string;
}

export interface WeakPassword {
  readonly kind: "weak";
  readonly reason: string;
  readonly minLength: number;
}

export type PasswordVerdict = { readonly kind: "accepted" } | WeakPassword;

/**
 * Judges a new password; all texts are normal already. Length counts code points. What `fold` makes
 * the same is the same to who guesses.
 */
export function judgePassword(
  { email, displayName, password }: Applicant,
  fold: (text: string) => string,
): PasswordVerdict {
  const characters = Array.from(password);
  if (characters.length < PASSWORD_LENGTH_MIN) {
    return weak(`Choose a password of at least ${PASSWORD_LENGTH_MIN} characters.`);
  }
  if (new Set(characters).size === 1) {
    return weak("Choose a password of more than one character repeated.");
  }
  const guess = fold(password.trim());
  if (guess === fold(email)) return weak("Choose a password that is not your e-mail address.");
  if (guess === fold(displayName)) {
    return weak("Choose a password that is not your name.");
  }
  return { kind: "accepted" };
}

function weak(reason: string): WeakPassword {
  return { kind: "weak", reason, minLength: PASSWORD_LENGTH_MIN };
}

const DAY_MS = 86_400_000;
const SESSION_DAYS = 90;
const IDLE_DAYS = 30;
const GRACE_MS = 20_000;

/** When a session that begins now ends, however often it is refreshed. */
export function sessionEnd(now: Date): Date {
  return new Date(now.getTime() + SESSION_DAYS * DAY_MS);
}

/** A session that was last used then, or earlier, has ended. */
export function idleLimit(now: Date): Date {
  return new Date(now.getTime() - IDLE_DAYS * DAY_MS);
}

/** A token exchanged before this is not given its successor again, and need not be kept. */
export function graceLimit(now: Date): Date {
  return new Date(now.getTime() - GRACE_MS);
}

/** What is stored of a refresh token and of the session that issued it. */
export interface TokenState {
  readonly expiresAt: Date;
  readonly lastUsedAt: Date;
  readonly revokedAt: Date | null;
  /** False when the session has the token no more: it was exchanged, and that some time ago. */
  readonly isKept: boolean;
  readonly rotatedAt: Date | null;
}

export type TokenVerdict = "ended" | "fresh" | "replayed" | "reused";

/**
 * What a refresh token is. `replayed`: exchanged so recently that the answer may have been lost on
 * its way. `reused`: exchanged before that, so two parties hold it, and one of them should not.
 */
export function judgeToken(state: TokenState, now: Date): TokenVerdict {
  if (state.revokedAt || state.expiresAt <= now || state.lastUsedAt <= idleLimit(now)) {
    return "ended";
  }
  if (!state.isKept) return "reused";
  if (!state.rotatedAt) return "fresh";
  return state.rotatedAt >= graceLimit(now) ? "replayed" : "reused";
}
