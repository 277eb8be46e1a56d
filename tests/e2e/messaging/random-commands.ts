// Random changes of a group's messages, and two views of the result: from the events, and from
// reading the conversation again.
import fc from "fast-check";
import type { TokenHolder } from "../../kit/stories.ts";
import { type Event, mutate, type Page, type SentMessage, send } from "./harness.ts";

const KINDS = ["send", "send", "edit", "delete", "react", "unreact", "pin", "unpin"] as const;

/** A command, and the index of its message, modulo their number. */
export const aCommand = fc.record({ kind: fc.constantFrom(...KINDS), of: fc.nat({ max: 9 }) });

export interface Command {
  readonly kind: (typeof KINDS)[number];
  readonly of: number;
}

/** Runs commands in a group: `speaker` sends, `other` reacts and pins. */
export function commandRunner(speaker: TokenHolder, other: TokenHolder, group: string) {
  const messageIds: string[] = [];
  return async ({ kind, of }: Command): Promise<void> => {
    const messageId = messageIds[of % Math.max(1, messageIds.length)];
    if (kind === "send" || !messageId) {
      const { message } = await send(speaker, group, `m${messageIds.length}`);
      messageIds.push(message?.id ?? "");
    } else if (kind === "edit") {
      await mutate("EditMessage", speaker, { messageId, body: `edit ${of}` });
    } else if (kind === "delete") {
      await mutate("DeleteMessage", speaker, { messageId });
    } else if (kind === "pin" || kind === "unpin") {
      await mutate(kind === "pin" ? "PinMessage" : "UnpinMessage", other, { messageId });
    } else {
      const name = kind === "react" ? "AddReaction" : "RemoveReaction";
      await mutate(name, other, { messageId, emoji: of % 2 ? "👍" : "🎉" });
    }
  };
}

/** The messages after applying the events, in order. */
export function applied(events: readonly Event[]) {
  const latest = new Map<string, SentMessage>();
  for (const { message } of events) if (message) latest.set(message.id, message);
  return [...latest.values()].map(facts).sort((a, b) => a.seq - b.seq);
}

/** The messages of a page of the conversation. */
export function shown(page: Page | null) {
  return (page?.messages.edges ?? []).map(({ node }) => facts(node));
}

function facts({ id, seq, body, version, deletedAt, pinnedAt, reactions = [] }: SentMessage) {
  const counts = reactions.map(({ emoji, count }) => ({ emoji, count }));
  return { id, seq, body, version, deletedAt, pinnedAt, reactions: counts };
}
