// What may be done to a message. Pure: the caller has locked the conversation and read the message.

export interface JudgedMessage {
  readonly senderId: string;
  readonly body: string | null;
  readonly version: number;
}

export type EditVerdict =
  | { readonly kind: "edit"; readonly previous: string }
  | { readonly kind: "same" }
  | { readonly kind: "notSender" }
  | { readonly kind: "deleted" }
  | { readonly kind: "stale"; readonly currentVersion: number };

/** Judges a new text for a message. The same text changes nothing. */
export function judgeEdit(
  message: JudgedMessage,
  wish: { readonly body: string; readonly expectedVersion: number | null },
  editorId: string,
): EditVerdict {
  if (message.senderId !== editorId) return { kind: "notSender" };
  if (message.body === null) return { kind: "deleted" };
  if (message.body === wish.body) return { kind: "same" };
  const { version } = message;
  if (wish.expectedVersion !== null && wish.expectedVersion !== version) {
    return { kind: "stale", currentVersion: version };
  }
  return { kind: "edit", previous: message.body };
}

export type DeleteVerdict = { readonly kind: "delete" | "deleted" | "notSender" };

/** Judges a deletion. A second one changes nothing. */
export function judgeDeletion(message: JudgedMessage, deleterId: string): DeleteVerdict {
  if (message.senderId !== deleterId) return { kind: "notSender" };
  return { kind: message.body === null ? "deleted" : "delete" };
}
