// Gives roles to members of groups, and hands groups over.
import { requireViewer } from "#kit/trust/identity";
import { changeConversation } from "../changes.ts";
import type { Context } from "../context.ts";
import { roleChanged } from "../entries.ts";
import { listPresent, type MemberSummary } from "../members/store.ts";
import { type NotAllowed, type Right, type Role, refusalOf } from "../rights.ts";
import { judgeHandOver, judgeRole, type RoleVerdict } from "./rules.ts";
import { setRoles } from "./store.ts";

export type RoleOutcome =
  | { readonly kind: "done" | "lastOwner" | "notFound" | "direct" | "personNotFound" }
  | NotAllowed;

/** A member of a group; ids are canonical. */
interface Wanted {
  readonly conversationId: string;
  readonly userId: string;
}

/** Gives a member another role. */
export async function setMemberRole(
  context: Context,
  { role, ...wanted }: Wanted & { readonly role: Role },
): Promise<RoleOutcome> {
  return changeRoles(context, wanted, "SET_ROLES", (present, viewerId) =>
    judgeRole(present, viewerId, { userId: wanted.userId, role }),
  );
}

/** Makes another member an owner, and the viewer an admin. */
export async function handOverGroup(context: Context, wanted: Wanted): Promise<RoleOutcome> {
  return changeRoles(context, wanted, "HAND_OVER", (present, viewerId) =>
    judgeHandOver(present, viewerId, wanted.userId),
  );
}

async function changeRoles(
  context: Context,
  { conversationId }: Wanted,
  right: Right,
  judge: (present: readonly MemberSummary[], viewerId: string) => RoleVerdict,
): Promise<RoleOutcome> {
  const { id: viewerId } = requireViewer(context);
  const options = { conversationId, viewerId };
  return changeConversation<RoleOutcome>(context, options, async ({ tx, append }, standing) => {
    const refusal = refusalOf(standing, right);
    if (refusal) return refusal;
    const verdict = judge(await listPresent(tx, conversationId), viewerId);
    if (verdict.kind === "same") return { kind: "done" };
    if (verdict.kind === "notAllowed") return { kind: "notAllowed", right };
    if (verdict.kind !== "change") return { kind: verdict.kind };
    const { changes } = verdict;
    await setRoles(tx, conversationId, changes);
    await append([roleChanged(conversationId, { actorId: viewerId, changes })]);
    return { kind: "done" };
  });
}
