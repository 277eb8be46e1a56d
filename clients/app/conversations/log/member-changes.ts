// Joins and leaves, between the messages of the log. Pure.
import type { ConversationState } from "@meetinity/client";

export type MemberChange = ConversationState["memberChanges"][number];
type Placed = Pick<ConversationState, "messages" | "memberChanges" | "hasLater">;

export const NO_CHANGES: readonly MemberChange[] = [];

/** The changes above each row that has some, by its index; those behind the last message too. */
export function placedChanges({
  messages,
  memberChanges,
  hasLater,
}: Placed): ReadonlyMap<number, readonly MemberChange[]> {
  const placed = new Map<number, MemberChange[]>();
  let index = 0;
  for (const change of memberChanges) {
    while (index < messages.length && (messages[index]?.seq ?? 0) < change.seq) index += 1;
    // A change behind the last loaded message belongs to one that is not loaded.
    if (index === messages.length && hasLater) break;
    placed.set(index, [...(placed.get(index) ?? []), change]);
  }
  return placed;
}
