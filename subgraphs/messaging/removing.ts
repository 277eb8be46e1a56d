// Removes members from conversations, for those who remove or leave, and for erased accounts. The
// entry of a removal is also the revocation: the member's streams of the conversation end with it.
import type { Change } from "#kit/live/changes";
import type { Transaction } from "./database.ts";
import { membersChanged } from "./entries.ts";
import { nextOwner } from "./members/rules.ts";
import { type MemberSummary, makeOwner, removeMemberRow } from "./members/store.ts";

export interface Removal {
  readonly conversationId: string;
  readonly userId: string;
  /** The person who does it; null for nobody: the person's account is erased. */
  readonly actorId: string | null;
}

/**
 * Removes a member of a conversation whose stream the caller has locked. When the last owner goes,
 * the member who joined first owns it, admins before others. `present` are its members behind that
 * lock. False when the person is no member.
 */
export async function removePresent(
  { tx, append }: Change<Transaction>,
  { conversationId, userId, actorId }: Removal,
  present: readonly MemberSummary[],
): Promise<boolean> {
  if (!present.some((member) => member.userId === userId)) return false;
  const newOwnerId = nextOwner(present, userId);
  await removeMemberRow(tx, conversationId, userId);
  if (newOwnerId) await makeOwner(tx, conversationId, newOwnerId);
  const by = actorId === null ? {} : { actorId };
  await append([
    membersChanged(conversationId, { ...by, added: [], removed: [userId], newOwnerId }),
  ]);
  return true;
}
