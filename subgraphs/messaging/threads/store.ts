// Reads threads, and reads and writes how far people have read them. `append_messages` counts their
// replies, and a trigger takes deleted ones off.
import type { Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../database.ts";
import { Prisma, type Thread } from "../generated/prisma/client.ts";
import type { OwnEventRow } from "../inbox/store.ts";
import { ARCHIVED, HIDDEN, MUTED, VISIBLE } from "../views/store.ts";

export interface ThreadRow extends Omit<Thread, "replyTotal"> {
  readonly conversationId: string;
}

/** The threads of these root messages, for those that have one. One statement. */
export async function findThreads(
  database: Database,
  rootIds: readonly string[],
): Promise<ThreadRow[]> {
  return database.$queryRaw<ThreadRow[]>`/* messaging.threads.find */
    select thread.root_id as "rootId", thread.reply_count as "replyCount",
      thread.last_reply_seq as "lastReplySeq", thread.last_reply_at as "lastReplyAt",
      message.conversation_id as "conversationId"
    from thread join message on message.id = thread.root_id
    where thread.root_id = any(${rootIds}::uuid[])`;
}

const PARTICIPANTS_MAX = 3;
/** Of so many of the latest replies people are named. */
const RECENT = 50;

/** The people of the latest replies of the thread `wanted`. */
const LATEST_PEOPLE = Prisma.sql`
  select sender_id, max(seq) as seq from (
    select sender_id, seq, deleted_at from message where thread_root_id = wanted.id
    order by seq desc limit ${RECENT}::int
  ) as recent
  where deleted_at is null group by sender_id order by 2 desc limit ${PARTICIPANTS_MAX}::int`;

/** The people of the latest replies of each thread, the latest first, in one statement. */
export async function listParticipants(
  database: Database,
  rootIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await database.$queryRaw<
    { rootId: string; userId: string }[]
  >`/* messaging.threads.people */
    select wanted.id::text as "rootId", person.sender_id::text as "userId"
    from unnest(${rootIds}::uuid[]) as wanted(id)
    cross join lateral (${LATEST_PEOPLE}) as person
    order by wanted.id, person.seq desc`;
  const people = new Map<string, string[]>();
  for (const { rootId, userId } of rows) {
    people.set(rootId, [...(people.get(rootId) ?? []), userId]);
  }
  return people;
}

/** How far a person has read a thread. */
export interface ThreadReading {
  readonly isFollowing: boolean;
  readonly readSeq: number;
  readonly unreadCount: number;
}

/**
 * How far a member has read each of these threads, in one statement. Their counts are stored. Only
 * those who joined behind the beginning of a thread, and have no mark in it, have its replies
 * counted: own ones may be among them.
 */
export async function findThreadReadings(
  database: Database,
  personId: string,
  rootIds: readonly string[],
): Promise<Map<string, ThreadReading>> {
  const rows = await database.$queryRaw<
    (ThreadReading & { rootId: string })[]
  >`/* messaging.threads.read */
    select root.id::text as "rootId", coalesce(mark.read_seq, 0) as "readSeq",
      coalesce(mark.is_following, false) as "isFollowing",
      case when mark.root_id is not null
          then thread.reply_total - mark.read_ordinal - mark.uncounted_behind
        when member.joined_seq < root.seq then thread.reply_count
        else thread.reply_total - uncounted_replies(root.id, member.user_id, 0) end as "unreadCount"
    from message as root
    join thread on thread.root_id = root.id
    join member on member.conversation_id = root.conversation_id
      and member.user_id = ${personId}::uuid
    left join thread_mark as mark on mark.conversation_id = member.conversation_id
      and mark.user_id = member.user_id and mark.root_id = root.id
    where root.id = any(${rootIds}::uuid[])`;
  return new Map(rows.map(({ rootId, ...reading }) => [rootId, reading]));
}

/**
 * Moves a person's mark in a thread forward, at most to its last reply and never back. Null when
 * they are no member; `hasMoved` says whether anything changed.
 */
export async function moveThreadMark(
  tx: Transaction,
  rootId: string,
  personId: string,
  seq: number,
): Promise<{ readonly readSeq: number; readonly hasMoved: boolean } | null> {
  const rows = await tx.$queryRaw<
    { before: number; readSeq: number }[]
  >`/* messaging.threads.mark */
    with mine as (
      select member.conversation_id, member.user_id, coalesce(mark.read_seq, 0) as before,
        greatest(coalesce(mark.read_seq, 0), least(${seq}::int, thread.last_reply_seq)) as wanted
      from message as root
      join thread on thread.root_id = root.id
      join member on member.conversation_id = root.conversation_id
        and member.user_id = ${personId}::uuid
      left join thread_mark as mark on mark.conversation_id = member.conversation_id
        and mark.user_id = member.user_id and mark.root_id = root.id
      where root.id = ${rootId}::uuid
    ), moved as (
      insert into thread_mark (conversation_id, user_id, root_id, read_seq, is_following)
      select conversation_id, user_id, ${rootId}::uuid, wanted, false from mine
      where wanted > before
      on conflict (conversation_id, user_id, root_id)
        do update set read_seq = greatest(thread_mark.read_seq, excluded.read_seq)
      returning read_seq
    )
    select mine.before, coalesce(moved.read_seq, mine.before) as "readSeq"
    from mine left join moved on true`;
  const [row] = rows;
  return row ? { readSeq: row.readSeq, hasMoved: row.readSeq > row.before } : null;
}

/** A position in the list of followed threads: behind this reply and thread. */
export interface ThreadPosition {
  readonly lastReplyAt: Date;
  readonly rootId: string;
}

/** A thread that a person follows, how far they have read it, and the people of its replies. */
export interface FollowedThreadRow extends ThreadRow, ThreadReading {
  readonly people: readonly string[];
}

const UNREAD_REPLIES = Prisma.sql`
  (thread.reply_total - mark.read_ordinal - mark.uncounted_behind)`;

/** The threads that somebody follows and whose beginning they see. */
const FOLLOWED = Prisma.sql`
  from thread_mark as mark
  join thread on thread.root_id = mark.root_id
  join message on message.id = mark.root_id
  join member on member.conversation_id = mark.conversation_id and member.user_id = mark.user_id
  where mark.is_following and thread.reply_count > 0 and ${VISIBLE}`;

/** A page of the threads that a person follows and one more, the latest replies first. */
export async function listFollowed(
  database: Database,
  personId: string,
  { after, limit }: Page<ThreadPosition>,
): Promise<FollowedThreadRow[]> {
  const behind = after
    ? Prisma.sql`and (thread.last_reply_at, thread.root_id)
        < (${after.lastReplyAt}::timestamptz, ${after.rootId}::uuid)`
    : Prisma.empty;
  return database.$queryRaw<FollowedThreadRow[]>`/* messaging.threads.followed */
    select wanted.*, array(
      select person.sender_id::text from (${LATEST_PEOPLE}) as person order by person.seq desc
    ) as people
    from (
      select thread.root_id as id, thread.root_id::text as "rootId",
        thread.reply_count as "replyCount", thread.last_reply_seq as "lastReplySeq",
        thread.last_reply_at as "lastReplyAt", mark.conversation_id::text as "conversationId",
        true as "isFollowing", mark.read_seq as "readSeq", ${UNREAD_REPLIES} as "unreadCount"
      ${FOLLOWED} and mark.user_id = ${personId}::uuid ${behind}
      order by thread.last_reply_at desc, thread.root_id desc limit ${limit + 1}::int
    ) as wanted
    order by wanted."lastReplyAt" desc, wanted.id desc`;
}

/** How many threads with unread replies ask for a person's attention. */
export async function countUnreadThreads(database: Database, personId: string): Promise<number> {
  const [row] = await database.$queryRaw<{ count: number }[]>`/* messaging.threads.unread */
    select count(*)::int as count from (
      select member.* ${FOLLOWED} and mark.user_id = ${personId}::uuid and ${UNREAD_REPLIES} > 0
    ) as member
    join conversation on conversation.id = member.conversation_id
    where not (${MUTED}) and not (${ARCHIVED}) and not (${HIDDEN})`;
  return row?.count ?? 0;
}

export interface SavedFollowing {
  /** The message has replies. */
  readonly hasThread: boolean;
  readonly hasChanged: boolean;
}

/** Stores whether a person follows a thread; null when they are no member. */
export async function saveFollowing(
  tx: Transaction,
  rootId: string,
  personId: string,
  isFollowing: boolean,
): Promise<SavedFollowing | null> {
  const rows = await tx.$queryRaw<SavedFollowing[]>`/* messaging.threads.follow */
    with mine as (
      select member.conversation_id, member.user_id, thread.root_id is not null as has_thread,
        coalesce(mark.is_following, false) as before
      from message as root
      join member on member.conversation_id = root.conversation_id
        and member.user_id = ${personId}::uuid
      left join thread on thread.root_id = root.id
      left join thread_mark as mark on mark.conversation_id = member.conversation_id
        and mark.user_id = member.user_id and mark.root_id = root.id
      where root.id = ${rootId}::uuid
    ), saved as (
      insert into thread_mark (conversation_id, user_id, root_id, read_seq, is_following)
      select conversation_id, user_id, ${rootId}::uuid, 0, ${isFollowing} from mine
      where has_thread and before <> ${isFollowing}
      on conflict (conversation_id, user_id, root_id)
        do update set is_following = excluded.is_following
      returning root_id
    )
    select mine.has_thread as "hasThread", saved.root_id is not null as "hasChanged"
    from mine left join saved on true`;
  return rows[0] ?? null;
}

/** The rows behind events of a person's own stream. */
export interface ThreadFollowedRow extends OwnEventRow {
  readonly __typename: "ThreadFollowed";
  readonly threadRootId: string;
  readonly isFollowing: boolean;
}

export interface ThreadReadRow extends OwnEventRow {
  readonly __typename: "ThreadRead";
  readonly threadRootId: string;
  readonly readSeq: number;
}
