// Reads who may watch a conversation from where, and has the rows behind its events in the graph,
// which are built from log entries.
import type { Database } from "../database.ts";
import type { ConversationField, RoleChange } from "../entries.ts";
import { Prisma } from "../generated/prisma/client.ts";

/** Where to start watching a conversation, so that no removal and no block is missed. */
export interface WatchStart {
  readonly lastSeq: number;
  /** The two people of a direct conversation; null for a group. */
  readonly pairLow: string | null;
  readonly pairHigh: string | null;
  /** The head of the stream of their blocks; 0 without one. */
  readonly blockSeq: number;
}

/** Where a member may start watching. */
export interface WatchAuthorization extends WatchStart {
  readonly joinedSeq: number;
  /** The first seq of the log that the member sees. */
  readonly visibleFromSeq: number;
}

const WATCH_START = Prisma.sql`stream.last_seq as "lastSeq",
  conversation.pair_low::text as "pairLow", conversation.pair_high::text as "pairHigh",
  coalesce(blocks.last_seq, 0) as "blockSeq"`;
const CONVERSATION_STREAMS = Prisma.sql`
  conversation
  join stream on stream.id = 'conversation:' || conversation.id
  left join stream as blocks
    on blocks.id = 'block:' || conversation.pair_low || ':' || conversation.pair_high`;

/** A person who wants to watch a conversation. */
export interface WatchRequest {
  readonly conversationId: string;
  readonly personId: string;
}

/**
 * Authorizes all who want to watch at one time, in their order; null for those who may not. One
 * snapshot: a block that it does not see is an entry behind `blockSeq`, and a removal that it does
 * not see is one behind `lastSeq`.
 */
export async function authorizeWatchers(
  database: Database,
  asking: readonly WatchRequest[],
): Promise<(WatchAuthorization | null)[]> {
  const conversationIds = asking.map((each) => each.conversationId);
  const personIds = asking.map((each) => each.personId);
  const rows = await database.$queryRaw<
    (WatchAuthorization & Ordinal)[]
  >`/* messaging.admissions.find */
    select asking.ordinal::int, ${WATCH_START}, member.joined_seq as "joinedSeq",
      member.visible_from_seq as "visibleFromSeq"
    from unnest(${conversationIds}::uuid[], ${personIds}::uuid[]) with ordinality
      as asking(conversation_id, person_id, ordinal)
    join (${CONVERSATION_STREAMS}) on conversation.id = asking.conversation_id
    join member on member.conversation_id = conversation.id and member.user_id = asking.person_id
    where standing_of(asking.person_id, asking.conversation_id) = 'MEMBER'`;
  const found = new Map(rows.map(({ ordinal, ...admission }) => [ordinal, admission]));
  return asking.map((_, at) => found.get(at + 1) ?? null);
}

interface Ordinal {
  readonly ordinal: number;
}

/** Where to start watching conversations, in their order; null for those that do not exist. */
export async function findWatchStarts(
  database: Database,
  conversationIds: readonly string[],
): Promise<(WatchStart | null)[]> {
  const rows = await database.$queryRaw<(WatchStart & { id: string })[]>`/* messaging.places.find */
    select conversation.id::text, ${WATCH_START} from ${CONVERSATION_STREAMS}
    where conversation.id = any(${conversationIds}::uuid[])`;
  const found = new Map(rows.map(({ id, ...start }) => [id, start]));
  return conversationIds.map((id) => found.get(id) ?? null);
}

interface EventRow {
  readonly streamId: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly prevSeq: number;
  readonly createdAt: Date;
  /** The person who acted; null in an entry from an older release. */
  readonly actorId: string | null;
}

/** An event about a message, which is loaded when the event is delivered. */
interface MessageEventRow extends EventRow {
  readonly messageId: string;
}

export interface MessageSentRow extends MessageEventRow {
  readonly __typename: "MessageSent";
}
export interface AttachmentSettledRow extends MessageEventRow {
  readonly __typename: "AttachmentSettled";
}
export interface MessageEditedRow extends MessageEventRow {
  readonly __typename: "MessageEdited";
}
export interface MessageDeletedRow extends MessageEventRow {
  readonly __typename: "MessageDeleted";
}
export interface ReactionChangedRow extends MessageEventRow {
  readonly __typename: "ReactionChanged";
  readonly emoji: string | null;
  readonly isAdded: boolean | null;
}
export interface PinChangedRow extends MessageEventRow {
  readonly __typename: "PinChanged";
  readonly isPinned: boolean | null;
}
export interface MembersChangedRow extends EventRow {
  readonly __typename: "MembersChanged";
  readonly addedUserIds: readonly string[];
  readonly removedUserIds: readonly string[];
  readonly newOwnerId: string | null;
}
export interface ConversationChangedRow extends EventRow {
  readonly __typename: "ConversationChanged";
  readonly changedFields: readonly ConversationField[];
}
export interface RoleChangedRow extends EventRow {
  readonly __typename: "RoleChanged";
  readonly changes: readonly RoleChangeRow[];
}
export type RoleChangeRow = RoleChange;
