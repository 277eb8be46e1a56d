// Changes people's own profiles.
import { inTransaction } from "#kit/data/database";
import { addToOutbox } from "#kit/facts/outbox";
import { distinct } from "#kit/input/fold";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../context.ts";
import { profileFact } from "../../integration.ts";
import { changeProfile, type ProfileChange } from "./rules.ts";
import { lockUser, type UserRow, updateUser } from "./store.ts";

export type UpdateOutcome =
  | { readonly kind: "updated"; readonly user: UserRow }
  | { readonly kind: "nameless" }
  | { readonly kind: "notFound" };

/** Changes the viewer's profile. The row is locked, so concurrent changes of other fields stay. */
export async function updateProfile(
  context: Context,
  change: ProfileChange,
): Promise<UpdateOutcome> {
  const { id } = requireViewer(context);
  return inTransaction(context.database, async (tx): Promise<UpdateOutcome> => {
    const stored = await lockUser(tx, id);
    if (!stored) return { kind: "notFound" };
    const verdict = changeProfile(stored, change, distinct);
    if (verdict.kind === "nameless") return verdict;
    const user = await updateUser(tx, id, verdict.profile);
    await addToOutbox(tx, [profileFact(user)]);
    return { kind: "updated", user };
  });
}
