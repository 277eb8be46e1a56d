// How the messages on the screen change from one state to the next. Pure.
import type { Message } from "@meetinity/client";

type Messages = readonly Pick<Message, "seq">[];

/**
 * `same`: no message came or went at the start. `earlier`: messages came in front. `other`: these
 * are messages of another place.
 */
export function changeOf(before: Messages, after: Messages): "same" | "earlier" | "other" {
  const first = before[0]?.seq;
  const last = before.at(-1)?.seq;
  const nextFirst = after[0]?.seq;
  const nextLast = after.at(-1)?.seq;
  if (first === undefined || last === undefined) return "same";
  if (nextFirst === undefined || nextLast === undefined) return "other";
  if (nextFirst > first || nextLast < last) return "other";
  return nextFirst < first ? "earlier" : "same";
}

/** The index of the first message at `seq` or behind it; the length when there is none. */
export function indexFrom(messages: Messages, seq: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.seq ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the message at `seq`; -1 when it is not here. */
export function indexOfSeq(messages: Messages, seq: number): number {
  const index = indexFrom(messages, seq);
  return messages[index]?.seq === seq ? index : -1;
}
