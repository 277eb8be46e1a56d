// How far somebody is with their account, for routes that depend on it.
import { client } from "../shell/client.ts";

/** Whether the viewer still has to confirm their address. False while that is not known. */
export function viewerIsUnconfirmed(): boolean {
  return client.session.getSnapshot().isEmailVerified === false;
}

/** Whether a role of the viewer does not count until they add a second factor. */
export function viewerLacksSecondFactor(): boolean {
  return client.session.getSnapshot().isSecondFactorMissing === true;
}

/** Whether there is nothing for the person who is signed in but to come back. */
export function viewerIsLeaving(): boolean {
  return client.session.getSnapshot().leavesAt !== undefined;
}
