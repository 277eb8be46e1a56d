// Who may read what of a person. Every resolver of a person's fields asks here.
import { fail } from "#kit/errors";
import type { Identity, Viewer } from "#kit/identity";

/** Whoever asks. */
export interface Reader {
  readonly identity: Identity;
}

/** The person who is read; `isOwn` when this very request proved to come from them. */
export interface Subject {
  readonly id: string;
  readonly isOwn?: boolean;
}

const ADMIN_SCOPE = "admin";
const SIGN_IN = "Sign in to read about people.";

/** The card (id, name, headline, picture): for signed-in people, and the audience of a stream. */
export function requireCardReader({ identity }: Reader): void {
  if (identity.kind === "anonymous") throw fail("UNAUTHENTICATED", SIGN_IN);
}

/** What stands beside the card: for signed-in people. */
export function requireProfileReader({ identity }: Reader, subject: Subject): void {
  if (identity.kind !== "viewer" && !subject.isOwn) throw fail("UNAUTHENTICATED", SIGN_IN);
}

/** True for the person themselves alone: nobody else reads whom they block. */
export function isSelf({ identity }: Reader, subject: Subject): boolean {
  return (
    subject.isOwn === true || (identity.kind === "viewer" && identity.viewer.id === subject.id)
  );
}

/** Admins find everybody, also who blocks them: nobody hides from them. */
export function findsEverybody(viewer: Viewer): boolean {
  return viewer.scopes.includes(ADMIN_SCOPE);
}

/** True for the person themselves and for admins: they read e-mail address and roles. */
export function isPrivateReader({ identity }: Reader, subject: Subject): boolean {
  if (subject.isOwn) return true;
  if (identity.kind !== "viewer") return false;
  return identity.viewer.id === subject.id || identity.viewer.scopes.includes(ADMIN_SCOPE);
}
