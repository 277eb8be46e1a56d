// Checks new e-mail addresses and passwords, and judges refresh tokens that could not be exchanged.
// Pure: no clock, no database.

/** The normal form of an address, for all ways to write it. */
export function normalEmail(email: string): string {
  return email.normalize("NFKC").trim().toLowerCase();
}

/** The normal form of a password, for all ways in which keyboards write it. */
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
 * Judges a new password; all texts are normalized. Length counts code points. Texts with the same
 * `fold` count as the same, because they are as easy to guess.
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
