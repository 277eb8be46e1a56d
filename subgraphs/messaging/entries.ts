// The entries of this subgraph's streams. They hold ids and never text: what was deleted must not
// live on in a log. `messageSent` is written by messages/store.ts, in the statement that stores the
// message.
import { z } from "zod";
import type { Entry, NewEntry } from "#kit/live/streams";
import { conversationStream, personStream } from "./streams.ts";

/** Who did it. Entries from before it was kept have none. */
const byActor = z.object({ actorId: z.string().optional() });
const ofMessage = byActor.extend({ messageId: z.string() });
const ofReaction = ofMessage.extend({
  emoji: z.string().optional(),
  isAdded: z.boolean().optional(),
});
const ofMembers = byActor.extend({
  added: z.array(z.string()),
  removed: z.array(z.string()),
  newOwnerId: z.string().nullable(),
});

export type MemberChange = z.infer<typeof ofMembers>;

const conversationEntry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("messageSent"), payload: ofMessage }),
  z.object({ type: z.literal("messageEdited"), payload: ofMessage }),
  z.object({ type: z.literal("messageDeleted"), payload: ofMessage }),
  z.object({ type: z.literal("reactionChanged"), payload: ofReaction }),
  z.object({ type: z.literal("pinChanged"), payload: ofMessage }),
  z.object({ type: z.literal("membersChanged"), payload: ofMembers }),
]);

export type ConversationEntry = z.infer<typeof conversationEntry>;

/** What an entry of a conversation's stream says. */
export function conversationEntryOf(entry: Entry): ConversationEntry {
  return conversationEntry.parse(entry);
}

/** Asked of each entry by each member who watches, to whom it is the same object. */
const removedPeople = new WeakMap<Entry, readonly string[]>();
const NOBODY: readonly string[] = [];

/** Whom an entry of a conversation's stream puts out. */
export function removedBy(entry: Entry): readonly string[] {
  const known = removedPeople.get(entry);
  if (known) return known;
  const { type, payload } = conversationEntryOf(entry);
  const found = type === "membersChanged" ? payload.removed : NOBODY;
  removedPeople.set(entry, found);
  return found;
}

/**
 * True for the entry of a conversation's stream that puts a person out, who came in with
 * `joinedSeq`. One from before they last came in says nothing against them.
 */
export function removes(entry: Entry, personId: string, joinedSeq: number): boolean {
  return entry.seq > joinedSeq && removedBy(entry).includes(personId);
}

/** True for an entry behind which messages from before say something else, or nothing. */
export function rewrites({ type }: Entry): boolean {
  return type === "messageEdited" || type === "messageDeleted";
}

const ofList = z.object({ conversationId: z.string() });
/** Behind which seq it begins for the person; 0 in an entry from before that was kept. */
const ofAdded = ofList.extend({ joinedSeq: z.int().default(0) });

const ownEntry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("read"), payload: ofList.extend({ seq: z.int() }) }),
  z.object({ type: z.literal("conversationAdded"), payload: ofAdded }),
  z.object({ type: z.literal("conversationRemoved"), payload: ofList }),
]);

export type OwnEntry = z.infer<typeof ownEntry>;

/** What an entry of a person's own stream says. */
export function ownEntryOf(entry: Entry): OwnEntry {
  return ownEntry.parse(entry);
}

/** What happened to a message, and who did it. */
type MessageChange =
  | { readonly type: "messageEdited" | "messageDeleted" | "pinChanged"; readonly actorId: string }
  | {
      readonly type: "reactionChanged";
      readonly actorId: string;
      readonly emoji: string;
      readonly isAdded: boolean;
    };

export function messageChanged(
  message: { readonly id: string; readonly conversationId: string },
  { type, ...change }: MessageChange,
): NewEntry {
  const streamId = conversationStream(message.conversationId);
  return { streamId, type, payload: { messageId: message.id, ...change } };
}

export function membersChanged(conversationId: string, change: MemberChange): NewEntry {
  return { streamId: conversationStream(conversationId), type: "membersChanged", payload: change };
}

/** For the person's own devices: how far they have read. */
export function readUpTo(personId: string, conversationId: string, seq: number): NewEntry {
  return { streamId: personStream(personId), type: "read", payload: { conversationId, seq } };
}

/** For people's own devices: a conversation came into their lists. */
export function conversationAdded(
  personIds: readonly string[],
  conversationId: string,
  joinedSeq: number,
): NewEntry[] {
  return personIds.map((personId) => ({
    streamId: personStream(personId),
    type: "conversationAdded",
    payload: { conversationId, joinedSeq },
  }));
}

/** For the person's own devices: a conversation went from their list. */
export function conversationRemoved(personId: string, conversationId: string): NewEntry {
  const streamId = personStream(personId);
  return { streamId, type: "conversationRemoved", payload: { conversationId } };
}
