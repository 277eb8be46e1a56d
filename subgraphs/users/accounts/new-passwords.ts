// Judges new passwords, for every feature that sets one. Pure: no clock, no database.

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
