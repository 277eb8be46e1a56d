// The person who is signed in, as an installation keeps them, so that a page knows without a
// network whose it is. It proves nothing: the server decides, as soon as it can be asked.
import { type SessionState, signedInAs, type ViewerState } from "./session-state.ts";
import type { TextStore } from "./text-store.ts";

export interface LastViewer {
  /** `leaving`: they have signed out, which the server does not know yet. Null: nobody is known. */
  read(): Promise<SessionState | "leaving" | null>;
  write(state: SessionState | "leaving" | null): Promise<void>;
}

/** Null where the app keeps nobody. */
export function lastViewerIn(store: TextStore | null): LastViewer | null {
  if (!store) return null;
  return {
    // A store that fails is as one that is empty.
    read: async () => stateIn(await store.read().catch(() => null)),
    write: (state) => store.write(textOf(state)).catch(() => {}),
  };
}

function textOf(state: SessionState | "leaving" | null): string | null {
  if (state === null) return null;
  if (state === "leaving") return JSON.stringify({ isLeaving: true });
  const { status: _, ...viewer } = state;
  return JSON.stringify(viewer);
}

function stateIn(text: string | null): SessionState | "leaving" | null {
  try {
    const kept: (ViewerState & { viewerId?: unknown; isLeaving?: unknown }) | null = JSON.parse(
      text ?? "null",
    );
    if (kept?.isLeaving === true) return "leaving";
    return typeof kept?.viewerId === "string" ? signedInAs(kept.viewerId, kept) : null;
  } catch {
    // Another program wrote here.
    return null;
  }
}
