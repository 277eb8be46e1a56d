// Opening the one direct conversation of two people, whoever asks for it: one of them, or the match
// that they have become. It does not ask who may.
import { newId } from "#kit/data/id";
import { appendEntries, type Entry, openStreams } from "#kit/live/streams";
import type { Transaction } from "./context.ts";
import { type Founder, pairOf } from "./conversations/rules.ts";
import { findDirect, insertConversation, type NewConversation } from "./conversations/store.ts";
import { conversationAdded } from "./entries.ts";
import { insertMatch } from "./matches/store.ts";
import { isBlockedPair } from "./projection/store.ts";
import { conversationStream, personStream } from "./streams.ts";

/** A conversation that is there, and what making it left in the streams: to be announced. */
export interface Opened {
  readonly conversationId: string;
  readonly entries: readonly Entry[];
}

/** The conversation of two people, made at `now` when they have none. Ids are canonical. */
export async function openDirect(
  tx: Transaction,
  [one, other]: readonly [string, string],
  now: Date,
): Promise<Opened> {
  const people: Founder[] = [one, other].map((userId) => ({ userId, role: "MEMBER" }));
  // Whoever opens the same conversation at the same time waits here, and then finds it.
  await openStreams(tx, [one, other].map(personStream));
  const pair = pairOf(one, other);
  const known = await findDirect(tx, pair);
  if (known) return { conversationId: known, entries: [] };
  const conversation = {
    id: newId(),
    ...pair,
    kind: "DIRECT",
    title: null,
    createdAt: now,
  } as const;
  return found(tx, conversation, people);
}

/**
 * Makes a conversation. The streams of its people are locked; that of a conversation which is not
 * there yet nobody else can hold, so there is no order to keep.
 */
export async function found(
  tx: Transaction,
  conversation: NewConversation,
  people: readonly Founder[],
): Promise<Opened> {
  const conversationId = conversation.id;
  await openStreams(tx, [conversationStream(conversationId)]);
  await insertConversation(tx, conversation, people);
  const ids = people.map((person) => person.userId);
  const entries = await appendEntries(tx, conversationAdded(ids, conversationId, 0));
  return { conversationId, entries };
}

/** What matching tells of a match. */
export interface MatchState {
  readonly matchId: string;
  readonly userIds: readonly [string, string];
  readonly createdAt: Date;
}

/**
 * Remembers a match and opens the conversation of its two people, as of the time of the match,
 * unless one blocks the other. A match that is told again changes nothing.
 */
export async function openMatched(
  tx: Transaction,
  { matchId, userIds, createdAt }: MatchState,
): Promise<readonly Entry[]> {
  await insertMatch(tx, { id: matchId, ...pairOf(...userIds) });
  if (await isBlockedPair(tx, ...userIds)) return [];
  return (await openDirect(tx, userIds, createdAt)).entries;
}
