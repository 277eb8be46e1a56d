// Reads the entries of a conversation's log that stand between its messages.
import type { Entry } from "#kit/live/streams";
import type { Database } from "../database.ts";
import type { ConversationField, RoleChange } from "../entries.ts";
import type { SeqRange } from "../members/store.ts";

interface HappeningRow {
  readonly seq: number;
  readonly createdAt: Date;
  /** Null for nobody: in entries from older releases, and when an account was erased. */
  readonly actorId: string | null;
}

export interface MembersHappeningRow extends HappeningRow {
  readonly __typename: "MembersHappening";
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly newOwnerId: string | null;
}

export interface PinHappeningRow extends HappeningRow {
  readonly __typename: "PinHappening";
  readonly messageId: string;
  readonly isPinned: boolean | null;
}

export interface RoleHappeningRow extends HappeningRow {
  readonly __typename: "RoleHappening";
  readonly changes: readonly RoleChange[];
}

export interface ConversationHappeningRow extends HappeningRow {
  readonly __typename: "ConversationHappening";
  readonly changedFields: readonly ConversationField[];
}

/** The last happenings of a part of a log, and how many there are in all. */
export interface HappeningEntries {
  readonly entries: readonly HappeningEntry[];
  readonly total: number;
}

export type HappeningEntry = Pick<Entry, "streamId" | "seq" | "type" | "payload" | "createdAt">;

/** The most happenings of one page. */
const HAPPENINGS_MAX = 20;

/**
 * The last happenings in each part that the reader may see, in their order, in one statement. The
 * list of types is that of the index `stream_entry_happenings_idx`.
 */
export async function listHappenings(
  database: Pick<Database, "$queryRaw">,
  readerId: string,
  ranges: readonly SeqRange[],
): Promise<HappeningEntries[]> {
  const rows = await database.$queryRaw<
    (HappeningEntry & { readonly ordinal: number; readonly total: number })[]
  >`/* messaging.happenings.list */
    select wanted.ordinal::int, entry.*
    from unnest(${ranges.map(({ conversationId }) => conversationId)}::uuid[],
      ${ranges.map(({ afterSeq }) => afterSeq)}::int[],
      ${ranges.map(({ beforeSeq }) => beforeSeq)}::int[])
      with ordinality as wanted(conversation_id, after_seq, before_seq, ordinal)
    join member on member.conversation_id = wanted.conversation_id
      and member.user_id = ${readerId}::uuid
    cross join lateral (
      select stream_id as "streamId", seq, type, payload, created_at as "createdAt",
        (count(*) over ())::int as total
      from stream_entry
      where stream_id = 'conversation:' || wanted.conversation_id
        and seq > wanted.after_seq and seq < wanted.before_seq and seq >= member.visible_from_seq
        and type in ('membersChanged', 'pinChanged', 'roleChanged', 'conversationChanged')
      order by seq desc limit ${HAPPENINGS_MAX}::int
    ) as entry
    order by wanted.ordinal, entry.seq`;
  return ranges.map((_, at) => {
    const entries = rows.filter(({ ordinal }) => ordinal === at + 1);
    return { entries, total: entries[0]?.total ?? 0 };
  });
}
