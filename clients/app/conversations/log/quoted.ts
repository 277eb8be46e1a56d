// The message to which a reply replies, as it is now. Pure.
import type { Message } from "@meetinity/client";
import { indexOfSeq } from "./list-change.ts";

/** The parts of a message that a quote shows. */
export type Quoted = Pick<
  NonNullable<Message["replyTo"]>,
  "seq" | "body" | "sender" | "attachments"
>;

/** Null: it is not known, or not for this reader. The messages that are here have later texts. */
export function quotedBy(
  { replyTo, replyToId }: Pick<Message, "replyTo" | "replyToId">,
  messages: readonly Message[],
): Quoted | null {
  if (replyToId === null) return null;
  if (!replyTo) return messages.findLast(({ id }) => id === replyToId) ?? null;
  return messages[indexOfSeq(messages, replyTo.seq)] ?? replyTo;
}
