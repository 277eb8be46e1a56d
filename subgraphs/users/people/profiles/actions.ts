// Changes people's own profiles.
import { inTransaction } from "#kit/data/database";
import { addToOutbox } from "#kit/facts/outbox";
import { distinct } from "#kit/input/fold";
import { requireViewer } from "#kit/trust/identity";
import { isAdmin } from "../../access.ts";
import type { Context } from "../../context.ts";
import { profileFact } from "../../integration.ts";
import { isReservedName } from "../../reserved-names.ts";
import { saveName } from "../names/store.ts";
import { changeProfile, type ProfileChange } from "./rules.ts";
import { lockUser, type UserRow, updateUser } from "./store.ts";

export type UpdateOutcome =
  | { readonly kind: "updated"; readonly user: UserRow }
  | { readonly kind: "nameless" }
  | { readonly kind: "reserved"; readonly displayName: string }
  | { readonly kind: "notFound" };

/**
 * Changes the viewer's profile. The row is locked, so concurrent changes of other fields stay. Only
 * admins may take a reserved name.
 */
export async function updateProfile(
  context: Context,
  change: ProfileChange,
): Promise<UpdateOutcome> {
  const viewer = requireViewer(context);
  const { id } = viewer;
  const { displayName } = change;
  if (displayName && !isAdmin(viewer) && isReservedName(displayName)) {
    return { kind: "reserved", displayName };
  }
  return inTransaction(context.database, async (tx): Promise<UpdateOutcome> => {
    const stored = await lockUser(tx, id);
    if (!stored) return { kind: "notFound" };
    const verdict = changeProfile(stored, change, distinct);
    if (verdict.kind === "nameless") return verdict;
    const updated = await updateUser(tx, id, verdict.profile);
    const isRenamed = updated.displayName !== stored.displayName;
    const user = isRenamed
      ? await saveName(tx, updated, stored.displayName, context.now())
      : updated;
    await addToOutbox(tx, [profileFact(user)]);
    return { kind: "updated", user };
  });
}
