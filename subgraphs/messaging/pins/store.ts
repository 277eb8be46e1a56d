// Reads and writes pins.
import type { Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../database.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { VISIBLE } from "../views/store.ts";

/** The ids of the pinned messages of a conversation. */
export async function listPinnedIds(tx: Transaction, conversationId: string): Promise<string[]> {
  const rows = await tx.pin.findMany({ where: { conversationId }, select: { messageId: true } });
  return rows.map((row) => row.messageId);
}

/** Pins a message, with the seq of the entry that the transaction appends next. */
export async function insertPin(tx: Transaction, messageId: string, pinnedAt: Date): Promise<void> {
  await tx.$executeRaw`/* messaging.pin.insert */
    insert into pin (message_id, conversation_id, seq, pinned_at)
    select message.id, message.conversation_id, stream.last_seq + 1, ${pinnedAt}::timestamptz
    from message join stream on stream.id = 'conversation:' || message.conversation_id
    where message.id = ${messageId}::uuid`;
}

/** Removes a pin; false when there was none. */
export async function removePin(tx: Transaction, messageId: string): Promise<boolean> {
  const { count } = await tx.pin.deleteMany({ where: { messageId } });
  return count > 0;
}

/** The times at which messages were pinned, for those that are, in one statement. */
export async function findPins(
  database: Database,
  messageIds: readonly string[],
): Promise<Map<string, Date>> {
  const rows = await database.pin.findMany({
    where: { messageId: { in: [...messageIds] } },
    select: { messageId: true, pinnedAt: true },
  });
  return new Map(rows.map((row) => [row.messageId, row.pinnedAt]));
}

export interface PinRow {
  readonly conversationId: string;
  readonly messageId: string;
  /** The seq of the entry of the pin. */
  readonly seq: number;
}

/**
 * A page of pins of messages that the reader may see and one more, for each conversation, the
 * latest first. One statement.
 */
export async function listPins(
  database: Database,
  readerId: string,
  conversationIds: readonly string[],
  page: Page<number>,
): Promise<PinRow[]> {
  const behind = page.after === null ? Prisma.empty : Prisma.sql`and pin.seq < ${page.after}::int`;
  return database.$queryRaw<PinRow[]>`/* messaging.pins.list */
    select pinned.conversation_id as "conversationId", pinned.message_id as "messageId", pinned.seq
    from member
    cross join lateral (
      select pin.* from pin join message on message.id = pin.message_id
      where pin.conversation_id = member.conversation_id and ${VISIBLE} ${behind}
      order by pin.seq desc limit ${page.limit + 1}::int
    ) as pinned
    where member.user_id = ${readerId}::uuid
      and member.conversation_id = any(${conversationIds}::uuid[])
    order by pinned.conversation_id, pinned.seq desc`;
}
