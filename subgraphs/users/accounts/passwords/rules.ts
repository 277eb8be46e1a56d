// Why a new password is refused. The judgement itself is in accounts/new-passwords.ts.

/** The rules of new passwords. */
export type PasswordRule =
  | "TOO_SHORT"
  | "REPEATED"
  | "SEQUENCE"
  | "COMMON"
  | "PERSONAL"
  | "UNCHANGED";

export interface WeakPassword {
  readonly kind: "weak";
  readonly rule: PasswordRule;
  /** For people, in English. */
  readonly reason: string;
  readonly minLength: number;
}

/** The kind of links to choose a password, among the things that work once. */
export const RESET_KIND = "password.reset";

/** The kinds that could sign in somebody who knew the old password, or had asked for a link. */
export const SIGN_IN_KINDS = [RESET_KIND, "magic-link", "second-factor"] as const;
