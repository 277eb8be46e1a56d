// Reads and writes a person's settings of a conversation. Those who write hold the lock of the
// person's own stream.
import type { Database, Transaction } from "../database.ts";
import type { OwnEventRow } from "../inbox/store.ts";
import { ARCHIVED, HIDDEN, MUTED, UNREAD } from "../views/store.ts";
import type { Settings } from "./rules.ts";

export interface ConversationSettingsChangedRow extends OwnEventRow {
  readonly __typename: "ConversationSettingsChanged";
}

export interface StoredSettings extends Settings {
  readonly messageCount: number;
}

/** A member's settings, and how many messages there are; null for nobody. */
export async function findSettings(
  tx: Transaction,
  conversationId: string,
  userId: string,
): Promise<StoredSettings | null> {
  const rows = await tx.$queryRaw<StoredSettings[]>`/* messaging.settings.find */
    select is_muted as "isMuted", muted_until as "mutedUntil", archived_count as "archivedCount",
      hidden_count as "hiddenCount", is_favourite as "isFavourite",
      is_marked_unread as "isMarkedUnread", message_count as "messageCount"
    from member join conversation on conversation.id = member.conversation_id
    where member.conversation_id = ${conversationId}::uuid and member.user_id = ${userId}::uuid
    for no key update of member`;
  return rows[0] ?? null;
}

export async function saveSettings(
  tx: Transaction,
  conversationId: string,
  userId: string,
  settings: Settings,
): Promise<void> {
  const { isMuted, mutedUntil, archivedCount, hiddenCount, isFavourite, isMarkedUnread } = settings;
  await tx.$executeRaw`/* messaging.settings.save */
    update member set is_muted = ${isMuted}, muted_until = ${mutedUntil}::timestamptz,
      archived_count = ${archivedCount}::int, hidden_count = ${hiddenCount}::int,
      is_favourite = ${isFavourite}, is_marked_unread = ${isMarkedUnread}
    where conversation_id = ${conversationId}::uuid and user_id = ${userId}::uuid`;
}

/** The unread messages of a person in all conversations that ask for their attention. */
export async function totalUnread(database: Database, userId: string): Promise<number> {
  const [row] = await database.$queryRaw<{ total: number }[]>`/* messaging.unread.total */
    select coalesce(sum(greatest(${UNREAD}, member.is_marked_unread::int)), 0)::int as total
    from member join conversation on conversation.id = member.conversation_id
    where member.user_id = ${userId}::uuid
      and not (${MUTED}) and not (${ARCHIVED}) and not (${HIDDEN})`;
  return row?.total ?? 0;
}
