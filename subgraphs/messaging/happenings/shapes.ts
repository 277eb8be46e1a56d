// Entries of a conversation's log as happenings of the graph, with ids only.
import { conversationEntryOf } from "../entries.ts";
import type {
  ConversationHappeningRow,
  HappeningEntry,
  MembersHappeningRow,
  PinHappeningRow,
  RoleHappeningRow,
} from "./store.ts";

type HappeningOfAnyKind =
  | MembersHappeningRow
  | PinHappeningRow
  | RoleHappeningRow
  | ConversationHappeningRow;

/** The happening of an entry; none for an entry that is shown in another way. */
export function happeningsOf(found: HappeningEntry): HappeningOfAnyKind[] {
  const { type, payload } = conversationEntryOf({ ...found, prevSeq: found.seq - 1 });
  const { seq, createdAt } = found;
  const shared = { seq, createdAt, actorId: payload.actorId ?? null };
  switch (type) {
    case "membersChanged": {
      const { added, removed, newOwnerId } = payload;
      return [{ __typename: "MembersHappening", ...shared, added, removed, newOwnerId }];
    }
    case "pinChanged": {
      const { messageId, isPinned = null } = payload;
      return [{ __typename: "PinHappening", ...shared, messageId, isPinned }];
    }
    case "roleChanged":
      return [{ __typename: "RoleHappening", ...shared, changes: payload.changes }];
    case "conversationChanged":
      return [{ __typename: "ConversationHappening", ...shared, changedFields: payload.fields }];
    default:
      return [];
  }
}
