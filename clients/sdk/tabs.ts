// The messages between tabs of a browser about a store that they share.
import type { OpenChannel } from "./platform.ts";

/** This person has signed in, or out if it is null. */
export interface SessionMessage {
  readonly kind: "session";
  readonly viewerId: string | null;
  /** Nobody signed out: the session has ended. */
  readonly hasEnded?: true;
  readonly isEmailVerified?: boolean;
  readonly leavesAt?: string;
  readonly isSecondFactorMissing?: true;
  readonly language?: string;
}

/** Of messages on their way, of read marks, and of what is being written. */
export type ListName = "outbox" | "marks" | "drafts";

export type TabMessage =
  | SessionMessage
  /** The stored list has changed. */
  | { readonly kind: ListName };

export interface Tabs {
  post(message: TabMessage): void;
  close(): void;
}

const NO_TABS: Tabs = { post: () => {}, close: () => {} };

/** `sharedAs` is the name of the store. Without one there are no other tabs. */
export function openTabs(
  open: OpenChannel,
  sharedAs: string | undefined,
  onMessage: (message: TabMessage) => void,
): Tabs {
  if (sharedAs === undefined) return NO_TABS;
  // Another tab may have another release of the app.
  const isKnown = (message: unknown): message is TabMessage =>
    typeof message === "object" &&
    message !== null &&
    "kind" in message &&
    ["session", "outbox", "marks", "drafts"].includes(String(message.kind));
  return open(`meetinity ${sharedAs}`, (message) => isKnown(message) && onMessage(message));
}
