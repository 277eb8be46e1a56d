// Reads the earlier texts of messages, for those who may see them, and writes the texts of edits.
import type { Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../database.ts";
import { type MessageEdit, Prisma } from "../generated/prisma/client.ts";
import type { MessageRow } from "../messages/store.ts";

export type EditRow = MessageEdit;

/** The messages whose earlier texts the reader may see, in one statement. */
export async function findWithHistory(
  database: Database,
  readerId: string,
  messageIds: readonly string[],
): Promise<Set<string>> {
  const rows = await database.$queryRaw<{ id: string }[]>`/* messaging.edits.readable */
    select message.id::text from message
    join conversation on conversation.id = message.conversation_id
    join member on member.conversation_id = message.conversation_id
      and member.user_id = ${readerId}::uuid
    where message.id = any(${messageIds}::uuid[])
      and (message.sender_id = member.user_id or conversation.edit_history = 'MEMBERS'
        or member.role::text in ('OWNER', 'ADMIN'))`;
  return new Set(rows.map(({ id }) => id));
}

/** A page of earlier texts and one more, for each message, the latest first. One statement. */
export async function listEdits(
  database: Database,
  messageIds: readonly string[],
  page: Page<number>,
): Promise<MessageEdit[]> {
  const behind = page.after === null ? Prisma.empty : Prisma.sql`and version < ${page.after}::int`;
  return database.$queryRaw<MessageEdit[]>`/* messaging.edits.list */
    select edit.message_id as "messageId", edit.version, edit.body,
      edit.replaced_at as "replacedAt"
    from unnest(${messageIds}::uuid[]) as wanted(id)
    cross join lateral (
      select * from message_edit where message_id = wanted.id ${behind}
      order by version desc limit ${page.limit + 1}::int
    ) as edit
    order by edit.message_id, edit.version desc`;
}

/** Replaces the text of a message, and keeps the old text as history. */
export async function replaceBody(
  tx: Transaction,
  { id: messageId, version }: MessageRow,
  { previous, body }: { readonly previous: string; readonly body: string },
  now: Date,
): Promise<void> {
  await tx.messageEdit.create({ data: { messageId, version, body: previous, replacedAt: now } });
  await tx.message.update({
    where: { id: messageId },
    data: { body, version: version + 1, editedAt: now },
  });
}
