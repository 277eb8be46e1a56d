// Grants and revokes roles, for admins.
import { inTransaction } from "#kit/data/database";
import { isId, newId } from "#kit/data/id";
import { fail } from "#kit/errors";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import type { Role } from "../../generated/prisma/enums.ts";
import { writeTo } from "../../mailing.ts";
import { findUser, type UserRow } from "../../people/profiles/store.ts";
import { refuseTokens } from "../issued-tokens.ts";
import { rolesChanged } from "./mails.ts";
import { judgeRevocation } from "./rules.ts";
import { deleteGrant, findAdminIds, insertGrants, lockAdmins } from "./store.ts";

export interface RoleChange {
  readonly userId: string;
  readonly role: Role;
}

export type GrantOutcome =
  | { readonly kind: "granted"; readonly user: UserRow }
  | { readonly kind: "notFound" };

/** Grants a role. A role that the person has already stays. */
export async function grantRole(
  context: Context,
  { userId, role }: RoleChange,
): Promise<GrantOutcome> {
  return asAdmin(context, async (tx) => {
    const user = isId(userId) ? await findUser(tx, userId) : null;
    if (!user) return { kind: "notFound" };
    const added = await insertGrants(tx, user.id, [role], context.now());
    if (added > 0) await tell(tx, context, { userId: user.id, role }, true);
    return { kind: "granted", user };
  });
}

export type RevokeOutcome =
  | { readonly kind: "revoked"; readonly user: UserRow }
  | { readonly kind: "lastAdmin" }
  | { readonly kind: "notFound" };

/** Revokes a role; access tokens that have it are refused. Without the role, nothing changes. */
export async function revokeRole(
  context: Context,
  { userId, role }: RoleChange,
): Promise<RevokeOutcome> {
  return asAdmin(context, async (tx, adminIds) => {
    const user = isId(userId) ? await findUser(tx, userId) : null;
    if (!user) return { kind: "notFound" };
    if (judgeRevocation(user.id, role, adminIds) === "lastAdmin") return { kind: "lastAdmin" };
    if (await deleteGrant(tx, user.id, role)) {
      await refuseTokens(tx, user.id, context.now());
      await tell(tx, context, { userId: user.id, role }, false);
    }
    return { kind: "revoked", user };
  });
}

/** Writes to the person that their roles have changed. */
async function tell(
  tx: Transaction,
  context: Context,
  { userId, role }: RoleChange,
  isGranted: boolean,
): Promise<void> {
  const params = { role, isGranted };
  await writeTo(tx, context, rolesChanged, { personId: userId, params, key: newId() });
}

/**
 * Runs `work` while nobody else changes roles. The viewer must still be an admin: their token may
 * be older than the loss of the role, and would let them grant it to themselves again.
 */
async function asAdmin<Outcome>(
  context: Context,
  work: (tx: Transaction, adminIds: readonly string[]) => Promise<Outcome>,
): Promise<Outcome> {
  const viewer = requireViewer(context);
  return inTransaction(context.database, async (tx) => {
    await lockAdmins(tx);
    const adminIds = await findAdminIds(tx);
    if (!adminIds.includes(viewer.id)) throw fail("FORBIDDEN", "You are no longer an admin.");
    return work(tx, adminIds);
  });
}
