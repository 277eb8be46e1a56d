// Which message may be pinned. Pure: the caller has locked the conversation and read its pins.

/** The most pins of a conversation. */
export const PINS_MAX = 100;

export type PinVerdict = { readonly kind: "pin" | "same" | "tooMany" | "deleted" };

/** Judges a pin for a message of a conversation with the pins `pinnedIds`. */
export function judgePin(
  message: { readonly id: string; readonly body: string | null },
  pinnedIds: readonly string[],
): PinVerdict {
  if (message.body === null) return { kind: "deleted" };
  if (pinnedIds.includes(message.id)) return { kind: "same" };
  return { kind: pinnedIds.length < PINS_MAX ? "pin" : "tooMany" };
}
