// The rows that belong to a list of conversations, as the server decides it, and their total
// counts. Pure.
import type { ConversationFilter } from "./generated/operations.ts";
import type { InboxRow } from "./inbox-rows.ts";
import type { InboxEvent } from "./subscriptions.ts";

type Placed = Pick<InboxRow, "isArchived" | "isHidden">;

/** Whether the viewer has neither archived nor hidden it, on any device. */
function isAtHand({ isArchived, isHidden }: Placed): boolean {
  return !isArchived && !isHidden;
}

export function isListed(row: InboxRow, filter: ConversationFilter): boolean {
  switch (filter) {
    case "ALL":
      return isAtHand(row);
    case "UNREAD":
      return isAtHand(row) && (row.unreadCount > 0 || row.isMarkedUnread);
    case "FAVOURITE":
      return row.isFavourite && !row.isHidden;
    case "ARCHIVED":
      return row.isArchived && !row.isHidden;
    case "GROUPS":
      return isAtHand(row) && row.kind === "GROUP";
    case "DIRECT":
      return isAtHand(row) && row.kind === "DIRECT";
  }
}

/** Whether an event may bring a conversation into a list. */
export function mayBring({ __typename: type }: InboxEvent): boolean {
  return type === "MessageSent" || type === "ConversationSettingsChanged";
}

/** The counts of all conversations together. */
export interface Totals {
  readonly totalUnread: number;
  readonly unreadMentions: number;
}

/** Those of rows at hand. A mention asks for attention in a muted conversation too. */
export function totalsOf(rows: Iterable<InboxRow>): Totals {
  let [totalUnread, unreadMentions] = [0, 0];
  for (const row of rows) {
    if (!isAtHand(row)) continue;
    unreadMentions += row.unreadMentions;
    if (!row.isMuted) totalUnread += Math.max(row.unreadCount, row.isMarkedUnread ? 1 : 0);
  }
  return { totalUnread, unreadMentions };
}
