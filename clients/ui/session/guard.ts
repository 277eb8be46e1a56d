// Whether somebody is signed in, for routes that depend on it.
import type { Client, Session } from "@meetinity/client";

/** So long a page waits for the server before it takes the last person for the viewer. */
const PATIENCE_MS = 4_000;

/**
 * Without a network, the person who was signed in last still is, if the app keeps them. Rejects
 * with `NetworkError` when nobody is known.
 */
export async function viewerIsSignedIn({ session }: Client): Promise<boolean> {
  const isUnknown = () => session.getSnapshot().status === "unknown";
  if (isUnknown()) {
    const answer = session.accessToken();
    await Promise.race([answer, assumed(session)]).catch((error: unknown) => {
      if (isUnknown()) throw error;
    });
    if (isUnknown()) await answer;
  }
  return session.getSnapshot().status === "signedIn";
}

async function assumed(session: Session): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  await session.assume();
}
