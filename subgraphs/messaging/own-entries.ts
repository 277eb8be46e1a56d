// The entries of a person's own stream, which only their devices get.
import { z } from "zod";
import type { Entry, NewEntry } from "#kit/live/streams";
import { personStream } from "./streams.ts";

const ofList = z.object({ conversationId: z.string() });
/** `joinedSeq` is the seq behind which the conversation starts for the person; 0 in old entries. */
const ofAdded = ofList.extend({ joinedSeq: z.int().default(0) });

const ofThread = ofList.extend({ threadRootId: z.string() });
const ofThreadRead = ofThread.extend({ seq: z.int() });
const ofThreadFollowed = ofThread.extend({ isFollowing: z.boolean() });

const ownEntry = z.discriminatedUnion("type", [
  z.object({ type: z.literal("threadRead"), payload: ofThreadRead }),
  z.object({ type: z.literal("threadFollowed"), payload: ofThreadFollowed }),
  z.object({ type: z.literal("read"), payload: ofList.extend({ seq: z.int() }) }),
  z.object({ type: z.literal("conversationAdded"), payload: ofAdded }),
  z.object({ type: z.literal("conversationRemoved"), payload: ofList }),
  z.object({ type: z.literal("requestChanged"), payload: ofList.extend({ isOpen: z.boolean() }) }),
  z.object({ type: z.literal("settingsChanged"), payload: ofList }),
  z.object({ type: z.literal("draftChanged"), payload: ofList }),
  z.object({ type: z.literal("messageHidden"), payload: ofList.extend({ seq: z.int() }) }),
  z.object({ type: z.literal("historyCleared"), payload: ofList.extend({ seq: z.int() }) }),
]);

export type OwnEntry = z.infer<typeof ownEntry>;

/** The parsed entry of a person's own stream. */
export function ownEntryOf(entry: Entry): OwnEntry {
  return ownEntry.parse(entry);
}

/** Tells the person's own devices how far they have read a thread. */
export function threadReadUpTo(
  personId: string,
  thread: { readonly conversationId: string; readonly rootId: string; readonly seq: number },
): NewEntry {
  const { conversationId, rootId: threadRootId, seq } = thread;
  const streamId = personStream(personId);
  return { streamId, type: "threadRead", payload: { conversationId, threadRootId, seq } };
}

/** Tells the person's own devices whether they follow a thread. */
export function threadFollowed(
  personId: string,
  thread: {
    readonly conversationId: string;
    readonly rootId: string;
    readonly isFollowing: boolean;
  },
): NewEntry {
  const { conversationId, rootId: threadRootId, isFollowing } = thread;
  const streamId = personStream(personId);
  return {
    streamId,
    type: "threadFollowed",
    payload: { conversationId, threadRootId, isFollowing },
  };
}

/** Tells the person's own devices how far they have read. */
export function readUpTo(personId: string, conversationId: string, seq: number): NewEntry {
  return { streamId: personStream(personId), type: "read", payload: { conversationId, seq } };
}

/** Tells the person's own devices that they changed a setting of a conversation. */
export function settingsChanged(personId: string, conversationId: string): NewEntry {
  return { streamId: personStream(personId), type: "settingsChanged", payload: { conversationId } };
}

/** Tells the person's own devices that they saved a draft. */
export function draftChanged(personId: string, conversationId: string): NewEntry {
  return { streamId: personStream(personId), type: "draftChanged", payload: { conversationId } };
}

/** Tells the person's own devices which message they deleted for themselves. */
export function messageHidden(personId: string, conversationId: string, seq: number): NewEntry {
  const payload = { conversationId, seq };
  return { streamId: personStream(personId), type: "messageHidden", payload };
}

/** Tells the person's own devices up to where they cleared a conversation. */
export function historyCleared(personId: string, conversationId: string, seq: number): NewEntry {
  const payload = { conversationId, seq };
  return { streamId: personStream(personId), type: "historyCleared", payload };
}

/** Tells people's own devices about a conversation that is new in their lists. */
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

/** Tells the person's own devices that a message request waits for them, or no longer does. */
export function requestChanged(
  personId: string,
  conversationId: string,
  isOpen: boolean,
): NewEntry {
  const payload = { conversationId, isOpen };
  return { streamId: personStream(personId), type: "requestChanged", payload };
}

/** Tells the person's own devices that a conversation left their list. */
export function conversationRemoved(personId: string, conversationId: string): NewEntry {
  const streamId = personStream(personId);
  return { streamId, type: "conversationRemoved", payload: { conversationId } };
}
