// The entries of this subgraph's streams. They have ids and never text, because a log must not keep
// deleted text. messages/store.ts writes `messageSent` in the statement that stores the message.
import { z } from "zod";
import type { Entry, NewEntry } from "#kit/live/streams";
import { conversationStream } from "./streams.ts";

/** The person who acted; missing in entries from older releases. */
const byActor = z.object({ actorId: z.string().optional() });
/**
 * `isHidden`: some members cannot see the message or the first one of its thread, because they
 * joined behind it. For them, the event has no message or no thread, so not all see it alike. Those
 * who join later do not see the entry.
 */
const ofMessage = byActor.extend({ messageId: z.string(), isHidden: z.boolean().optional() });
const ofReaction = ofMessage.extend({
  emoji: z.string().optional(),
  isAdded: z.boolean().optional(),
});
const ofPin = ofMessage.extend({ isPinned: z.boolean().optional() });
const ofMembers = byActor.extend({
  added: z.array(z.string()),
  removed: z.array(z.string()),
  newOwnerId: z.string().nullable(),
});

export type MemberChange = z.infer<typeof ofMembers>;

const field = z.enum([
  "TITLE",
  "DESCRIPTION",
  "POSTING",
  "ADDING",
  "PINNING",
  "HISTORY",
  "EDIT_HISTORY",
  "PICTURE",
]);
const ofDetails = byActor.extend({ fields: z.array(field) });
const role = z.enum(["OWNER", "ADMIN", "MEMBER", "GUEST"]);
const ofRoles = byActor.extend({
  changes: z.array(z.object({ userId: z.string(), role, previousRole: role })),
});

/** A detail of a group that can be changed. */
export type ConversationField = z.infer<typeof field>;

/** The new role of a member. */
export type RoleChange = z.infer<typeof ofRoles>["changes"][number];

const conversationEntry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("messageSent"), payload: ofMessage }),
  z.object({ type: z.literal("messageEdited"), payload: ofMessage }),
  z.object({ type: z.literal("messageDeleted"), payload: ofMessage }),
  z.object({ type: z.literal("attachmentSettled"), payload: ofMessage }),
  z.object({ type: z.literal("reactionChanged"), payload: ofReaction }),
  z.object({ type: z.literal("pinChanged"), payload: ofPin }),
  z.object({ type: z.literal("membersChanged"), payload: ofMembers }),
  z.object({ type: z.literal("conversationChanged"), payload: ofDetails }),
  z.object({ type: z.literal("roleChanged"), payload: ofRoles }),
]);

export type ConversationEntry = z.infer<typeof conversationEntry>;

/** The parsed entry of a conversation's stream. */
export function conversationEntryOf(entry: Entry): ConversationEntry {
  return conversationEntry.parse(entry);
}

/** Every member who watches asks this about the same entry objects, so results are cached. */
const removedPeople = new WeakMap<Entry, readonly string[]>();
const NOBODY: readonly string[] = [];

/** The people whom an entry of a conversation's stream removes. */
export function removedBy(entry: Entry): readonly string[] {
  const known = removedPeople.get(entry);
  if (known) return known;
  const { type, payload } = conversationEntryOf(entry);
  const found = type === "membersChanged" ? payload.removed : NOBODY;
  removedPeople.set(entry, found);
  return found;
}

/**
 * True for the entry of a conversation's stream that removes a person who joined at `joinedSeq`. An
 * earlier removal does not count.
 */
export function removes(entry: Entry, personId: string, joinedSeq: number): boolean {
  return entry.seq > joinedSeq && removedBy(entry).includes(personId);
}

const REWRITING: ReadonlySet<string> = new Set([
  "messageEdited",
  "messageDeleted",
  "attachmentSettled",
]);

/** True for an entry that changes or deletes an earlier message. */
export function rewrites({ type }: Entry): boolean {
  return REWRITING.has(type);
}

/** False for an entry about a message of which some members see less. */
export function isAlike({ payload }: Entry): boolean {
  return (payload as { readonly isHidden?: unknown }).isHidden !== true;
}

/** A change of a message, and the person who made it. */
type MessageChange =
  | {
      readonly type: "messageEdited" | "messageDeleted" | "attachmentSettled";
      readonly actorId: string;
    }
  | { readonly type: "pinChanged"; readonly actorId: string; readonly isPinned: boolean }
  | {
      readonly type: "reactionChanged";
      readonly actorId: string;
      readonly emoji: string;
      readonly isAdded: boolean;
    };

interface ChangedMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly seq: number;
  /** The `seq` of the message in whose thread it is. */
  readonly threadRootSeq: number | null;
}

/** The first seq that every member of the conversation sees, behind its lock. */
interface Seen {
  readonly seenByAllFrom: number;
}

export function messageChanged(
  message: ChangedMessage,
  seen: Seen,
  { type, ...change }: MessageChange,
): NewEntry {
  const streamId = conversationStream(message.conversationId);
  return { streamId, type, payload: { ...payloadOf(message, seen), ...change } };
}

function payloadOf({ id, seq, threadRootSeq }: ChangedMessage, { seenByAllFrom }: Seen) {
  return { messageId: id, ...((threadRootSeq ?? seq) < seenByAllFrom && { isHidden: true }) };
}

/** A message whose sender's account is erased: nobody acted. */
export function messageErased(message: ChangedMessage, seen: Seen): NewEntry {
  const streamId = conversationStream(message.conversationId);
  return { streamId, type: "messageDeleted", payload: payloadOf(message, seen) };
}

/** A reaction of a person whose account is erased: nobody acted. */
export function reactionErased(message: ChangedMessage, seen: Seen, emoji: string): NewEntry {
  const streamId = conversationStream(message.conversationId);
  const payload = { ...payloadOf(message, seen), emoji, isAdded: false };
  return { streamId, type: "reactionChanged", payload };
}

export function membersChanged(conversationId: string, change: MemberChange): NewEntry {
  return { streamId: conversationStream(conversationId), type: "membersChanged", payload: change };
}

export function conversationChanged(
  conversationId: string,
  change: { readonly actorId: string; readonly fields: readonly ConversationField[] },
): NewEntry {
  const streamId = conversationStream(conversationId);
  return { streamId, type: "conversationChanged", payload: change };
}

export function roleChanged(
  conversationId: string,
  change: { readonly actorId: string; readonly changes: readonly RoleChange[] },
): NewEntry {
  return { streamId: conversationStream(conversationId), type: "roleChanged", payload: change };
}
