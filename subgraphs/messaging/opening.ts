// Makes conversations: the one direct conversation of two people, whether one of them or their
// match opens it, and groups. It does not check permissions.
import { afterCommit } from "#kit/data/database";
import { newId } from "#kit/data/id";
import { findErasedOpened } from "#kit/erasures/store";
import type { Change } from "#kit/live/changes";
import { openStreams } from "#kit/live/streams";
import type { Transaction } from "./context.ts";
import { type FirstMember, pairOf } from "./conversations/rules.ts";
import { findDirect, insertConversation, type NewConversation } from "./conversations/store.ts";
import { conversationAdded } from "./entries.ts";
import { insertMatch } from "./matches/store.ts";
import { conversationsOpened } from "./metrics.ts";
import { isBlockedPair } from "./projection/store.ts";
import { conversationStream, personStream } from "./streams.ts";

/**
 * The id of the direct conversation of two people, which is made at `now` when they have none. The
 * caller has locked the streams of both, so a second opener finds the first one's conversation. Ids
 * are canonical.
 */
export async function openDirect(
  change: Change<Transaction>,
  [one, other]: readonly [string, string],
  now: Date,
): Promise<string> {
  const people: FirstMember[] = [one, other].map((userId) => ({ userId, role: "MEMBER" }));
  const pair = pairOf(one, other);
  const known = await findDirect(change.tx, pair);
  if (known) return known;
  const direct = { id: newId(), ...pair, kind: "DIRECT", title: null, createdAt: now } as const;
  return createConversation(change, direct, people);
}

/**
 * Makes a conversation and returns its id. The caller has locked the streams of its people. Nobody
 * else knows the new conversation's stream, so locking it last cannot cause a deadlock.
 */
export async function createConversation(
  { tx, append }: Change<Transaction>,
  conversation: NewConversation,
  people: readonly FirstMember[],
): Promise<string> {
  const conversationId = conversation.id;
  await openStreams(tx, [conversationStream(conversationId)]);
  await insertConversation(tx, conversation, people);
  const ids = people.map((person) => person.userId);
  await append(conversationAdded(ids, conversationId, 0));
  afterCommit(tx, () => conversationsOpened.inc({ kind: conversation.kind }));
  return conversationId;
}

/** A match as the matching subgraph publishes it. */
export interface MatchState {
  readonly matchId: string;
  readonly userIds: readonly [string, string];
  readonly createdAt: Date;
}

/**
 * Stores a match and opens the conversation of its two people, dated by the match, unless one
 * blocks the other or is erased. The same match again changes nothing.
 */
export async function openMatched(
  change: Change<Transaction>,
  { matchId, userIds, createdAt }: MatchState,
): Promise<void> {
  const { tx } = change;
  await openStreams(tx, userIds.map(personStream));
  if ((await findErasedOpened(tx, userIds, personStream)).size > 0) return;
  await insertMatch(tx, { id: matchId, ...pairOf(...userIds) });
  if (await isBlockedPair(tx, ...userIds)) return;
  await openDirect(change, userIds, createdAt);
}
