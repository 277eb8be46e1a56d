// The state of a session as clients watch it, and as tabs tell it to each other.
import type { SessionMessage } from "./tabs.ts";

export interface SessionState {
  /** `unknown` until the first use has read the store. */
  readonly status: "unknown" | "signedIn" | "signedOut";
  readonly viewerId: string | null;
  /** Missing while it is not known. Until it is true, the viewer reaches nobody. */
  readonly isEmailVerified?: boolean;
  /** The session ended while this client was signed in, and not by signing out. */
  readonly hasEnded?: true;
}

export const SIGNED_OUT: SessionState = { status: "signedOut", viewerId: null };
export const ENDED: SessionState = { ...SIGNED_OUT, hasEnded: true };

export function signedInAs(viewerId: string, isEmailVerified?: boolean | null): SessionState {
  const known = typeof isEmailVerified === "boolean" ? { isEmailVerified } : {};
  return { status: "signedIn", viewerId, ...known };
}

export function messageOf({ viewerId, isEmailVerified }: SessionState): SessionMessage {
  const known = isEmailVerified === undefined ? {} : { isEmailVerified };
  return { kind: "session", viewerId, ...known };
}
