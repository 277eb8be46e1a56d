// Whether somebody is signed in, for routes that depend on it.
import type { Client } from "@meetinity/client";

/** Rejects with `NetworkError` when that cannot be known. */
export async function viewerIsSignedIn({ session }: Client): Promise<boolean> {
  const { status } = session.getSnapshot();
  if (status !== "unknown") return status === "signedIn";
  return (await session.accessToken()) !== null;
}
