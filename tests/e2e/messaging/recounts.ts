// The counts of a group and its threads: as they are stored, and as a recount of all messages gives
// them.
import { Prisma } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { findThreadReadings } from "../../../subgraphs/messaging/threads/store.ts";
import { withDatabase } from "../../kit/database.ts";
import type { CountedReplicas } from "./counting.ts";

interface Counted {
  readonly userId: string;
  readonly stored: number;
  readonly recounted: number;
  readonly storedMentions: number;
  readonly recountedMentions: number;
}

/** Holds for messages that a member did not delete for themselves. */
const SHOWN = Prisma.sql`seq > cleared_seq and not exists (
  select from hidden_message as hidden where (hidden.conversation_id, hidden.user_id, hidden.seq)
    = (conversation.id, member.user_id, message.seq))`;

/** The counts of the members of a group which differ from a recount. */
export async function miscounted(
  { replicas: [{ database }] }: CountedReplicas,
  conversationId: string,
): Promise<Counted[]> {
  const rows = await database.$queryRaw<Counted[]>`/* tests.messaging.recount */
    select member.user_id as "userId",
      message_count - read_ordinal - uncounted_behind as stored,
      (select count(*)::int from message where message.conversation_id = conversation.id
        and seq > read_seq and sender_id <> user_id and deleted_at is null
        and thread_root_id is null and ${SHOWN}
      ) as recounted,
      unread_mentions as "storedMentions",
      (select count(*)::int from message where message.conversation_id = conversation.id
        and seq > read_seq and sender_id <> member.user_id and deleted_at is null
        and thread_root_id is null and ${SHOWN}
        and (is_mentioning_all or exists (select from mention
          where message_id = message.id and mention.user_id = member.user_id))
      ) as "recountedMentions"
    from member join conversation on conversation.id = member.conversation_id
    where conversation.id = ${conversationId}::uuid`;
  return rows.filter(
    ({ stored, recounted, storedMentions, recountedMentions }) =>
      stored !== recounted || storedMentions !== recountedMentions,
  );
}

interface CountedThread {
  readonly userId: string;
  readonly rootId: string;
  readonly recounted: number;
}

/** The unread replies of threads that members see, which differ from a recount. */
export async function miscountedThreads(
  { replicas: [{ database }] }: CountedReplicas,
  conversationId: string,
): Promise<(CountedThread & { readonly stored: number | undefined })[]> {
  const rows = await database.$queryRaw<CountedThread[]>`/* tests.messaging.recountThreads */
    select member.user_id::text as "userId", root.id::text as "rootId",
      (select count(*)::int from message where message.thread_root_id = root.id
        and message.seq > coalesce(mark.read_seq, 0) and message.sender_id <> member.user_id
        and message.deleted_at is null
        and sees(member.user_id, root.conversation_id, message.seq)) as recounted
    from thread join message as root on root.id = thread.root_id
    join member on member.conversation_id = root.conversation_id
    left join thread_mark as mark on mark.conversation_id = member.conversation_id
      and mark.user_id = member.user_id and mark.root_id = root.id
    where root.conversation_id = ${conversationId}::uuid
      and sees(member.user_id, root.conversation_id, root.seq)`;
  const compared = rows.map(async (row) => {
    const read = await findThreadReadings(database, row.userId, [row.rootId]);
    return { ...row, stored: read.get(row.rootId)?.unreadCount };
  });
  return (await Promise.all(compared)).filter(({ stored, recounted }) => stored !== recounted);
}

/** Holds the row of a member until it is released. */
export async function holdingRow(
  { own }: CountedReplicas,
  [conversationId, userId]: readonly [string, string],
  lock = "for no key update",
) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let locked = () => {};
  const isLocked = new Promise<void>((resolve) => {
    locked = resolve;
  });
  const holding = withDatabase(
    "messaging",
    async (client) => {
      await client.query("begin");
      await client.query(`select from member where (conversation_id, user_id) = ($1, $2) ${lock}`, [
        conversationId,
        userId,
      ]);
      locked();
      await released;
      await client.query("commit");
    },
    own.url,
  );
  await isLocked;
  return {
    release: () => {
      release();
      return holding;
    },
  };
}
