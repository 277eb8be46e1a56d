// The end of a person's time in this client: they sign out, or somebody else signs in, in any tab.
import type { Observable } from "./observable.ts";
import type { SessionState } from "./session-state.ts";

/** Calls `onGone` whenever the person who was signed in is not any more. Returns how to stop. */
export function onViewerGone(session: Observable<SessionState>, onGone: () => void): () => void {
  let { viewerId } = session.getSnapshot();
  return session.subscribe(() => {
    const last = viewerId;
    viewerId = session.getSnapshot().viewerId;
    if (last !== null && viewerId !== last) onGone();
  });
}
