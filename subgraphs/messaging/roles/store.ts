// Writes roles. The caller holds the lock of the conversation's stream.
import type { Transaction } from "../database.ts";
import type { RoleChange } from "../entries.ts";

/** Gives members their new roles, in one statement. */
export async function setRoles(
  tx: Transaction,
  conversationId: string,
  changes: readonly RoleChange[],
): Promise<void> {
  await tx.$executeRaw`/* messaging.roles.set */
    update member set role = wanted.role::member_role
    from unnest(${changes.map(({ userId }) => userId)}::uuid[],
      ${changes.map(({ role }) => role)}::text[]) as wanted(user_id, role)
    where member.conversation_id = ${conversationId}::uuid and member.user_id = wanted.user_id`;
}
