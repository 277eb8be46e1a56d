// Makes conversations: the one direct conversation of two people, whether one of them or their
// match opens it, and groups. It does not check permissions.
import { afterCommit } from "#kit/data/database";
import { newId } from "#kit/data/id";
import { findErasedOpened } from "#kit/erasures/store";
import { invariant } from "#kit/invariant";
import type { Change } from "#kit/live/changes";
import { lockStreams, openStreams } from "#kit/live/streams";
import { type FirstMember, pairOf } from "./conversations/rules.ts";
import {
  type DirectConversation,
  findDirect,
  insertConversation,
  type NewConversation,
  showUnsaid,
} from "./conversations/store.ts";
import type { Transaction } from "./database.ts";
import { membersChanged } from "./entries.ts";
import { insertMatch } from "./matches/store.ts";
import { insertMembers } from "./members/store.ts";
import { conversationsOpened } from "./metrics.ts";
import { conversationAdded, requestChanged, settingsChanged } from "./own-entries.ts";
import { isBlockedPair } from "./projection/store.ts";
import { findRequest, insertRequests } from "./requests/store.ts";
import { conversationStream, personStream } from "./streams.ts";

/**
 * The direct conversation of two people, which is made at `now` when they have none. The caller has
 * locked the streams of both, so a second opener finds the first one's conversation. Ids are
 * canonical. Of a match, both have it in their lists at once; else the second person has it there
 * from the first message on, which asks them if they are a stranger.
 */
export async function openDirect(
  change: Change<Transaction>,
  [one, other]: readonly [string, string],
  now: Date,
  kind: "match" | "known" | "asking",
): Promise<DirectConversation> {
  const pair = pairOf(one, other);
  const known = await findDirect(change.tx, pair);
  if (known) return known;
  const direct = { id: newId(), ...pair, kind: "DIRECT", title: null, createdAt: now } as const;
  const memberIds = kind === "asking" ? [one] : [one, other];
  const hiddenFrom = kind === "known" ? [other] : [];
  const people = memberIds.map(
    (userId): FirstMember => ({ userId, role: "MEMBER", isHidden: hiddenFrom.includes(userId) }),
  );
  const id = await createConversation(change, direct, people);
  if (kind === "asking") {
    const asked = { conversationId: id, senderId: one, receiverIds: [other] };
    await insertRequests(change.tx, { ...asked, createdAt: now, isSent: false });
  }
  return { id, memberIds, hiddenFrom };
}

interface Asked {
  readonly conversationId: string;
  readonly senderId: string;
  readonly receiverIds: readonly string[];
}

/**
 * Invites strangers to a group. The caller has locked the streams of them all. A second invitation
 * changes nothing, and one that was refused stays refused.
 */
export async function inviteToGroup(
  { tx, append }: Change<Transaction>,
  asked: Asked,
  createdAt: Date,
): Promise<void> {
  const told = await insertRequests(tx, { ...asked, createdAt, isSent: true });
  await append(told.map((id) => requestChanged(id, asked.conversationId, true)));
}

interface Joining {
  readonly conversationId: string;
  readonly userId: string;
  /** The `seq` of the last entry of the conversation. */
  readonly lastSeq: number;
}

/**
 * Makes the receiver of a request a member, who has read what was said. The caller has locked the
 * streams of the conversation and the person, and found the request.
 */
export async function joinAsked(
  { tx, append }: Change<Transaction>,
  { conversationId, userId, lastSeq }: Joining,
  now: Date,
): Promise<void> {
  const joinedSeq = lastSeq + 1;
  await insertMembers(tx, { conversationId, userIds: [userId], joinedSeq, joinedAt: now });
  const change = { actorId: userId, added: [userId], removed: [], newOwnerId: null };
  await append([
    membersChanged(conversationId, change),
    ...conversationAdded([userId], conversationId, joinedSeq),
  ]);
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
 * blocks the other or is erased. A message request between the two is accepted. The same match
 * again changes nothing.
 */
export async function openMatched(
  change: Change<Transaction>,
  { matchId, userIds, createdAt }: MatchState,
): Promise<void> {
  const { tx } = change;
  const pair = pairOf(...userIds);
  // Conversations are locked before people; one that opens in between is found by the next try.
  const known = await findDirect(tx, pair);
  if (known) await lockStreams(tx, [conversationStream(known.id)]);
  await openStreams(tx, userIds.map(personStream));
  if ((await findErasedOpened(tx, userIds, personStream)).size > 0) return;
  await insertMatch(tx, { id: matchId, ...pair });
  if (await isBlockedPair(tx, ...userIds)) return;
  const { id: conversationId, memberIds } = await openDirect(change, userIds, createdAt, "match");
  const shown = known ? await showUnsaid(tx, conversationId) : [];
  await change.append(shown.map((id) => settingsChanged(id, conversationId)));
  const asked = userIds.filter((id) => !memberIds.includes(id));
  invariant(known || asked.length === 0, "a direct conversation opened at once with a match", {
    conversationId,
  });
  for (const userId of asked) {
    const request = await findRequest(tx, conversationId, userId);
    if (request) await joinAsked(change, { ...request, conversationId, userId }, createdAt);
  }
}
