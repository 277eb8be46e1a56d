// Happenings, between the messages of the log. Pure.
import type { ConversationState } from "@meetinity/client";

export type Happening = ConversationState["happenings"][number];
type Placed = Pick<ConversationState, "messages" | "happenings" | "hasLater">;

export const NO_HAPPENINGS: readonly Happening[] = [];

/** Those that are shown: the two people of a direct conversation neither join nor leave. */
export function shownHappenings(
  happenings: readonly Happening[],
  isGroup: boolean,
): readonly Happening[] {
  if (isGroup) return happenings;
  return happenings.filter(({ __typename }) => __typename !== "MembersHappening");
}

/** The happenings above each row that has some, by its index; those behind the last message too. */
export function placedHappenings({
  messages,
  happenings,
  hasLater,
}: Placed): ReadonlyMap<number, readonly Happening[]> {
  const placed = new Map<number, Happening[]>();
  let index = 0;
  for (const happening of happenings) {
    while (index < messages.length && (messages[index]?.seq ?? 0) < happening.seq) index += 1;
    // A happening behind the last loaded message belongs to one that is not loaded.
    if (index === messages.length && hasLater) break;
    placed.set(index, [...(placed.get(index) ?? []), happening]);
  }
  return placed;
}
