// What may be done to a message. Pure: the caller has locked the conversation and read the message.

export interface JudgedMessage {
  readonly senderId: string;
  readonly body: string | null;
  readonly version: number;
}

/** An edit as its editor asks for it, at a time of the clock that gave the message its own. */
export interface EditWish {
  readonly body: string;
  readonly expectedVersion: number | null;
  /** Null without an end. */
  readonly editableUntil: Date | null;
  readonly now: Date;
  /** It changes whom the message mentions. */
  readonly hasOtherMentions?: boolean;
}

export type EditVerdict =
  | { readonly kind: "edit"; readonly previous: string }
  | { readonly kind: "same" }
  | { readonly kind: "notSender" }
  | { readonly kind: "deleted" }
  | { readonly kind: "windowClosed"; readonly editableUntil: Date }
  | { readonly kind: "stale" };

/** Judges a new text for a message. The same text changes nothing. */
export function judgeEdit(message: JudgedMessage, wish: EditWish, editorId: string): EditVerdict {
  if (message.senderId !== editorId) return { kind: "notSender" };
  if (message.body === null) return { kind: "deleted" };
  if (message.body === wish.body && !wish.hasOtherMentions) return { kind: "same" };
  const { editableUntil, expectedVersion } = wish;
  if (editableUntil && wish.now > editableUntil) return { kind: "windowClosed", editableUntil };
  if (expectedVersion !== null && expectedVersion !== message.version) return { kind: "stale" };
  return { kind: "edit", previous: message.body };
}

export type DeleteVerdict = {
  readonly kind: "delete" | "deleted" | "notSender" | "notAllowed";
};

/** A person who deletes: whether they may delete messages of others, and those of the sender. */
export interface Deleter {
  readonly id: string;
  readonly hasRight: boolean;
  readonly isAboveSender: boolean;
}

/** Judges a deletion by the sender, or by another with the right. A second one changes nothing. */
export function judgeDeletion(message: JudgedMessage, deleter: Deleter): DeleteVerdict {
  if (message.senderId !== deleter.id) {
    if (!deleter.hasRight) return { kind: "notSender" };
    if (!deleter.isAboveSender) return { kind: "notAllowed" };
  }
  return { kind: message.body === null ? "deleted" : "delete" };
}
