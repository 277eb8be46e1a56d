// Anything that can be done to the messages of a group, by chance, and two ways to know what is
// there afterwards: the events applied, and the conversation read again.
import fc from "fast-check";
import type { TokenHolder } from "../../kit/stories.ts";
import { type Event, mutate, type Page, type SentMessage, send } from "./harness.ts";

const KINDS = ["send", "send", "edit", "delete", "react", "unreact", "pin", "unpin"] as const;

/** What to do, and to which of the messages, counted round. */
export const aCommand = fc.record({ kind: fc.constantFrom(...KINDS), of: fc.nat({ max: 9 }) });

export interface Command {
  readonly kind: (typeof KINDS)[number];
  readonly of: number;
}

/** Runs commands in a group: the first person speaks, the other one reacts and pins. */
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

/** The messages as the events leave them, in order. */
export function applied(events: readonly Event[]) {
  const latest = new Map<string, SentMessage>();
  for (const { message } of events) if (message) latest.set(message.id, message);
  return [...latest.values()].map(facts).sort((a, b) => a.seq - b.seq);
}

/** The messages as a page of the conversation shows them. */
export function shown(page: Page | null) {
  return (page?.messages.edges ?? []).map(({ node }) => facts(node));
}

function facts({ id, seq, body, version, deletedAt, pinnedAt, reactions = [] }: SentMessage) {
  const counts = reactions.map(({ emoji, count }) => ({ emoji, count }));
  return { id, seq, body, version, deletedAt, pinnedAt, reactions: counts };
}
