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
  /** When the viewer's account will be erased. Until then they can only come back. */
  readonly leavesAt?: string;
}

export const SIGNED_OUT: SessionState = { status: "signedOut", viewerId: null };
export const ENDED: SessionState = { ...SIGNED_OUT, hasEnded: true };

/** The viewer's state in answers with tokens. */
export interface ViewerState {
  readonly isEmailVerified?: boolean | null;
  readonly leavesAt?: string | null;
}

export function signedInAs(
  viewerId: string,
  { isEmailVerified, leavesAt }: ViewerState,
): SessionState {
  const known = typeof isEmailVerified === "boolean" ? { isEmailVerified } : {};
  return { status: "signedIn", viewerId, ...known, ...(leavesAt && { leavesAt }) };
}

/** Whether two states say the same of the same viewer. */
export function isSameViewer(one: SessionState, other: SessionState): boolean {
  return (
    one.viewerId === other.viewerId &&
    one.isEmailVerified === other.isEmailVerified &&
    one.leavesAt === other.leavesAt
  );
}

export function messageOf({ viewerId, isEmailVerified, leavesAt }: SessionState): SessionMessage {
  const known = isEmailVerified === undefined ? {} : { isEmailVerified };
  return { kind: "session", viewerId, ...known, ...(leavesAt && { leavesAt }) };
}
