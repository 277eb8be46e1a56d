// Reads and writes conversations and their members.
import type { Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../database.ts";
import { type Conversation, type Member, Prisma } from "../generated/prisma/client.ts";
import { AS_ALL_SEE, AS_NOBODY_SEES, AS_ONE_SEES, DETAILS, KIND, LISTED } from "../views/store.ts";
import type { FirstMember } from "./rules.ts";

export type Kind = Conversation["kind"] | "NOTE";

export type { MemberRow } from "../members/store.ts";

/** A conversation as one of its members sees it. */
export interface ConversationRow
  extends Pick<
      Conversation,
      "id" | "title" | "description" | "version" | "pictureFileId" | "createdAt" | "activityAt"
    >,
    GroupSettings,
    Pick<Member, "readSeq" | "clearedSeq" | "isMuted" | "mutedUntil">,
    Pick<Member, "isFavourite" | "isMarkedUnread"> {
  readonly kind: Kind;
  readonly lastSeq: number;
  /** The reader's role; null for an audience. */
  readonly viewerRole: Member["role"] | null;
  /** As of `lastSeq`: both are of one snapshot. */
  readonly unreadCount: number;
  readonly unreadMentions: number;
  readonly isArchived: boolean;
  readonly isHidden: boolean;
  /** Null without a draft, as are the other three. */
  readonly draftBody: string | null;
  readonly draftReplyToId: string | null;
  readonly draftVersion: number | null;
  readonly draftChangedAt: Date | null;
}

/** The settings of a group. */
export type GroupSettings = Pick<
  Conversation,
  "posting" | "adding" | "pinning" | "history" | "editHistory"
>;

/** A person's membership, and what else decides what they may do in the conversation. */
export interface Membership
  extends Pick<Member, "role" | "joinedSeq" | "readSeq">,
    Pick<Conversation, "title" | "description" | "version">,
    GroupSettings {
  readonly conversationId: string;
  readonly kind: Kind;
  readonly lastSeq: number;
  /** The first seq that every member sees. */
  readonly seenByAllFrom: number;
}

/**
 * The membership of a person who may write; null when the conversation does not exist for them.
 * With `alsoBlocker`, also of a person who may not write because they block the other.
 */
export async function findMembership(
  tx: Database | Transaction,
  conversationId: string,
  personId: string,
  alsoBlocker = false,
): Promise<Membership | null> {
  const rows = await tx.$queryRaw<Membership[]>`/* messaging.standing.find */
    select member.conversation_id as "conversationId", ${KIND} as kind,
      member.role::text as role, member.joined_seq as "joinedSeq", member.read_seq as "readSeq",
      stream.last_seq as "lastSeq", ${DETAILS},
      (select max(visible_from_seq) from member where conversation_id = conversation.id)
        as "seenByAllFrom"
    from member
    join conversation on conversation.id = member.conversation_id
    join stream on stream.id = 'conversation:' || member.conversation_id
    where member.conversation_id = ${conversationId}::uuid and member.user_id = ${personId}::uuid
      and (standing_of(${personId}::uuid, ${conversationId}::uuid) = 'MEMBER'
        or ${alsoBlocker} and exists (
          select from block where is_blocked and blocker_id = ${personId}::uuid
            and blocked_id in (conversation.pair_low, conversation.pair_high)
        ))`;
  return rows[0] ?? null;
}

const AS_SEEN = Prisma.sql`
  select ${AS_ALL_SEE}, ${DETAILS}, ${AS_ONE_SEES}, member.role::text as "viewerRole"
  from member
  join conversation on conversation.id = member.conversation_id
  join stream on stream.id = 'conversation:' || member.conversation_id
  left join draft on draft.conversation_id = member.conversation_id
    and draft.user_id = member.user_id`;

/** The conversations of which the reader is a member, in one statement. */
export async function findConversations(
  database: Database,
  readerId: string,
  conversationIds: readonly string[],
): Promise<ConversationRow[]> {
  return database.$queryRaw<ConversationRow[]>`/* messaging.conversations.find */ ${AS_SEEN}
    where member.user_id = ${readerId}::uuid
      and member.conversation_id = any(${conversationIds}::uuid[])`;
}

/** A conversation for its audience, which has read nothing. */
export async function findShared(
  database: Database,
  conversationId: string,
): Promise<ConversationRow[]> {
  return database.$queryRaw<ConversationRow[]>`/* messaging.conversation.shared */
    select ${AS_ALL_SEE}, ${DETAILS}, ${AS_NOBODY_SEES}, null as "viewerRole"
    from conversation join stream on stream.id = 'conversation:' || conversation.id
    where conversation.id = ${conversationId}::uuid`;
}

/** A position in a list of conversations: behind this time and id. */
export interface ConversationPosition {
  readonly activityAt: Date;
  readonly id: string;
}

export type Filter = keyof typeof LISTED;

/** A page of conversations and one more, the most recently active first. */
export async function listConversations(
  database: Database,
  readerId: string,
  filter: Filter,
  page: Page<ConversationPosition>,
): Promise<ConversationRow[]> {
  const behind = page.after
    ? Prisma.sql`and (conversation.activity_at, conversation.id)
        < (${page.after.activityAt}::timestamptz, ${page.after.id}::uuid)`
    : Prisma.empty;
  return database.$queryRaw<ConversationRow[]>`/* messaging.conversations.list */ ${AS_SEEN}
    where member.user_id = ${readerId}::uuid and ${LISTED[filter]} ${behind}
    order by conversation.activity_at desc, conversation.id desc limit ${page.limit + 1}::int`;
}

export interface Pair {
  readonly pairLow: string;
  readonly pairHigh: string;
}

export interface DirectConversation {
  readonly id: string;
  /** Its members: one of the two while the other has not accepted it. */
  readonly memberIds: readonly string[];
  /** Those of them who may have it in none of their lists. */
  readonly hiddenFrom: readonly string[];
}

/** The direct conversation of two people. */
export async function findDirect(
  database: Database | Transaction,
  pair: Pair,
): Promise<DirectConversation | null> {
  const found = await database.conversation.findUnique({
    where: { pairLow_pairHigh: { ...pair } },
    select: { id: true, members: { select: { userId: true, hiddenCount: true } } },
  });
  if (!found) return null;
  const { id, members } = found;
  const memberIds = members.map(({ userId }) => userId);
  const hiddenFrom = members.flatMap(({ userId, hiddenCount }) =>
    hiddenCount === null ? [] : [userId],
  );
  return { id, memberIds, hiddenFrom };
}

/** Shows a conversation without messages in the lists of all, and returns who had it in none. */
export async function showUnsaid(tx: Transaction, conversationId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`/* messaging.conversations.show */
    update member set hidden_count = null from conversation
    where conversation.id = member.conversation_id and conversation.id = ${conversationId}::uuid
      and conversation.message_count = 0 and member.hidden_count is not null
    returning member.user_id::text as id`;
  return rows.map(({ id }) => id);
}

export type NewConversation = Pick<
  Conversation,
  "id" | "kind" | "title" | "pairLow" | "pairHigh" | "createdAt"
> &
  Partial<Pick<Conversation, "noteOf">> & {
    /** The event whose attendees a group follows. */
    readonly eventId?: string;
  };

/** Inserts a conversation with its first members. */
export async function insertConversation(
  tx: Transaction,
  conversation: NewConversation,
  people: readonly FirstMember[],
): Promise<void> {
  const { id: conversationId, createdAt } = conversation;
  await tx.conversation.create({ data: { ...conversation, activityAt: createdAt } });
  await tx.member.createMany({
    data: people.map(({ userId, role, isHidden = false }) => ({
      conversationId,
      userId,
      role,
      hiddenCount: isHidden ? 0 : null,
      joinedSeq: 0,
      joinedAt: createdAt,
      readSeq: 0,
    })),
  });
}

/** The conversation of a message, which never changes; null for an unknown message. */
export async function conversationIdOf(
  database: Database,
  messageId: string,
): Promise<string | null> {
  const found = await database.message.findUnique({
    where: { id: messageId },
    select: { conversationId: true },
  });
  return found?.conversationId ?? null;
}
