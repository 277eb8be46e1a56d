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
  /** A role of the viewer does not count until they have a second factor. */
  readonly isSecondFactorMissing?: true;
  /** Of the viewer's account, a BCP 47 tag. Missing until one was chosen. */
  readonly language?: string;
}

export const SIGNED_OUT: SessionState = { status: "signedOut", viewerId: null };
export const ENDED: SessionState = { ...SIGNED_OUT, hasEnded: true };

/** The viewer's state in answers with tokens. */
export interface ViewerState {
  readonly isEmailVerified?: boolean | null;
  readonly leavesAt?: string | null;
  readonly isSecondFactorMissing?: boolean | null;
  readonly language?: string | null;
}

export function signedInAs(viewerId: string, viewer: ViewerState): SessionState {
  return { status: "signedIn", viewerId, ...knownOf(viewer) };
}

/** Unusual facts that are known of the viewer. */
function knownOf(viewer: ViewerState) {
  const { isEmailVerified, leavesAt, isSecondFactorMissing, language } = viewer;
  return {
    ...(typeof isEmailVerified === "boolean" && { isEmailVerified }),
    ...(leavesAt && { leavesAt }),
    ...(isSecondFactorMissing && { isSecondFactorMissing: true as const }),
    ...(language && { language }),
  };
}

/** Whether two states say the same of the same viewer. */
export function isSameViewer(one: SessionState, other: SessionState): boolean {
  return (
    one.viewerId === other.viewerId &&
    one.isEmailVerified === other.isEmailVerified &&
    one.leavesAt === other.leavesAt &&
    one.isSecondFactorMissing === other.isSecondFactorMissing &&
    one.language === other.language
  );
}

export function messageOf({ viewerId, ...viewer }: SessionState): SessionMessage {
  return { kind: "session", viewerId, ...knownOf(viewer) };
}
