// Whether somebody is signed in, for routes that depend on it.
import { client } from "../shell/client.ts";

/** Rejects with `NetworkError` when that cannot be known. */
export async function viewerIsSignedIn(): Promise<boolean> {
  const { status } = client.session.getSnapshot();
  if (status !== "unknown") return status === "signedIn";
  return (await client.session.accessToken()) !== null;
}

/** Whether the viewer still has to confirm their address. False while that is not known. */
export function viewerIsUnconfirmed(): boolean {
  return client.session.getSnapshot().isEmailVerified === false;
}

/** Whether there is nothing for the person who is signed in but to come back. */
export function viewerIsLeaving(): boolean {
  return client.session.getSnapshot().leavesAt !== undefined;
}
