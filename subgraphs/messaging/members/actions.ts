// Bringing people into a group, putting them out, leaving. The entry that says so is also the
// revocation: who reads it of themselves reads nothing behind it.
import { requireViewer } from "#kit/trust/identity";
import { canManage, MEMBERS_MAX } from "../access.ts";
import { changeConversation, type Told, untold } from "../changes.ts";
import type { Context, Transaction } from "../context.ts";
import type { Standing } from "../conversations/store.ts";
import { conversationAdded, conversationRemoved, membersChanged } from "../entries.ts";
import { unreachableAmong } from "../reaching.ts";
import { heirOf, newcomers } from "./rules.ts";
import {
  findDeparted,
  insertDeparture,
  insertMembers,
  listPresent,
  makeOwner,
  removeMemberRow,
} from "./store.ts";

export type Refusal = { readonly kind: "notFound" | "notOwner" | "direct" };

export type AddOutcome =
  | Refusal
  | { readonly kind: "added" }
  | { readonly kind: "tooMany"; readonly membersMax: number }
  | { readonly kind: "haveLeft"; readonly userIds: readonly string[] }
  | { readonly kind: "personNotFound"; readonly userId: string };

/**
 * Brings people into a group that the viewer owns, if the viewer can reach them all and none of
 * them left it by themselves. All ids are canonical.
 */
export async function addMembers(
  context: Context,
  conversationId: string,
  userIds: readonly string[],
): Promise<AddOutcome> {
  const { id: viewerId } = requireViewer(context);
  const people = [...new Set(userIds)];
  const unreachable = await unreachableAmong(context, viewerId, people);
  const reachable = people.filter((id) => !unreachable.includes(id));
  const options = { conversationId, viewerId, people: reachable };
  return changeConversation(context, options, async (tx, standing): Promise<Told<AddOutcome>> => {
    const refusal = refusalOf(standing);
    if (refusal || !standing) return untold(refusal ?? { kind: "notFound" });
    const present = await listPresent(tx, conversationId);
    const added = newcomers(present, people);
    if (added.length === 0) return untold({ kind: "added" });
    if (present.length + added.length > MEMBERS_MAX) {
      return untold({ kind: "tooMany", membersMax: MEMBERS_MAX });
    }
    const userId = unreachable.find((id) => added.includes(id));
    if (userId) return untold({ kind: "personNotFound", userId });
    const haveLeft = await findDeparted(tx, conversationId, added);
    if (haveLeft.length > 0) return untold({ kind: "haveLeft", userIds: haveLeft });
    const joinedSeq = standing.lastSeq + 1;
    const joining = { conversationId, userIds: added, joinedSeq, joinedAt: context.now() };
    await insertMembers(tx, joining);
    const entries = [
      membersChanged(conversationId, { actorId: viewerId, added, removed: [], newOwnerId: null }),
      ...conversationAdded(added, conversationId, joinedSeq),
    ];
    return { outcome: { kind: "added" }, entries };
  });
}

export type RemoveOutcome = Refusal | { readonly kind: "removed" };

/** Puts somebody out of a group that the viewer owns. */
export async function removeMember(
  context: Context,
  conversationId: string,
  userId: string,
): Promise<RemoveOutcome> {
  const { id: viewerId } = requireViewer(context);
  const options = { conversationId, viewerId, people: [userId] };
  return changeConversation(
    context,
    options,
    async (tx, standing): Promise<Told<RemoveOutcome>> => {
      const refusal = refusalOf(standing);
      return refusal ? untold(refusal) : takeOut(tx, conversationId, userId, viewerId);
    },
  );
}

/** Leaves a group. */
export async function leaveConversation(
  context: Context,
  conversationId: string,
): Promise<RemoveOutcome> {
  const { id: viewerId } = requireViewer(context);
  const options = { conversationId, viewerId, people: [viewerId] };
  return changeConversation(
    context,
    options,
    async (tx, standing): Promise<Told<RemoveOutcome>> => {
      if (!standing) return untold({ kind: "notFound" });
      if (standing.kind === "DIRECT") return untold({ kind: "direct" });
      await insertDeparture(tx, conversationId, viewerId);
      return takeOut(tx, conversationId, viewerId, viewerId);
    },
  );
}

/** Why a viewer may not manage a conversation; null when they may. */
function refusalOf(standing: Standing | null): Refusal | null {
  if (!standing) return { kind: "notFound" };
  if (standing.kind === "DIRECT") return { kind: "direct" };
  return canManage(standing) ? null : { kind: "notOwner" };
}

async function takeOut(
  tx: Transaction,
  conversationId: string,
  userId: string,
  actorId: string,
): Promise<Told<RemoveOutcome>> {
  const present = await listPresent(tx, conversationId);
  if (!present.some((member) => member.userId === userId)) return untold({ kind: "removed" });
  const newOwnerId = heirOf(present, userId);
  await removeMemberRow(tx, conversationId, userId);
  if (newOwnerId) await makeOwner(tx, conversationId, newOwnerId);
  const entries = [
    membersChanged(conversationId, { actorId, added: [], removed: [userId], newOwnerId }),
    conversationRemoved(userId, conversationId),
  ];
  return { outcome: { kind: "removed" }, entries };
}
