// Adds and removes members of groups, and lets members leave.
import { findErasedOpened } from "#kit/erasures/store";
import type { Change } from "#kit/live/changes";
import { requireViewer } from "#kit/trust/identity";
import { isVerified, NOT_VERIFIED, type NotVerified } from "#kit/trust/verified";
import { MEMBERS_MAX } from "../access.ts";
import { judgeAsking, type TooManyRequests } from "../asking.ts";
import { changeConversation } from "../changes.ts";
import { findStrangers } from "../contacts/store.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import { membersChanged } from "../entries.ts";
import { inviteToGroup } from "../opening.ts";
import { conversationAdded, conversationRemoved } from "../own-entries.ts";
import { unreachableAmong } from "../reachability.ts";
import { type Removal, removePresent } from "../removing.ts";
import { countInvited } from "../requests/store.ts";
import { isAbove, type NotAllowed, refusalOf } from "../rights.ts";
import { personStream } from "../streams.ts";
import { notYetMembers } from "./rules.ts";
import {
  findDeparted,
  insertDeparture,
  insertMembers,
  listPresent,
  type MemberSummary,
} from "./store.ts";

export type Refusal = { readonly kind: "notFound" | "direct" } | NotAllowed;

export type AddOutcome =
  | Refusal
  | {
      readonly kind: "added";
      /** People whom the viewer does not know: they have to accept. */
      readonly invited: readonly string[];
    }
  | TooManyRequests
  | { readonly kind: "tooMany"; readonly membersMax: number }
  | { readonly kind: "haveLeft"; readonly userIds: readonly string[] }
  | { readonly kind: "personNotFound"; readonly userId: string }
  | NotVerified;

/**
 * Adds people to a group for a verified viewer who may, if the viewer can reach them all and none
 * of them left it on their own. Those whom the viewer does not know are invited. Ids are canonical.
 */
export async function addMembers(
  context: Context,
  conversationId: string,
  userIds: readonly string[],
): Promise<AddOutcome> {
  const viewer = requireViewer(context);
  if (!isVerified(viewer)) return NOT_VERIFIED;
  const { id: viewerId } = viewer;
  const people = [...new Set(userIds)];
  const unreachable = await unreachableAmong(context, viewerId, people);
  const reachable = people.filter((id) => !unreachable.includes(id));
  const strangers = await findStrangers(context.database, viewerId, reachable);
  const options = { conversationId, viewerId, people: reachable };
  return changeConversation<AddOutcome>(context, options, async ({ tx, append }, standing) => {
    const refusal = refusalOf(standing, "ADD_MEMBERS");
    if (refusal || !standing) return refusal ?? { kind: "notFound" };
    const present = await listPresent(tx, conversationId);
    const added = notYetMembers(present, people);
    if (added.length === 0) return { kind: "added", invited: [] };
    const waiting = await countInvited(tx, conversationId);
    if (present.length + waiting + added.length > MEMBERS_MAX) {
      return { kind: "tooMany", membersMax: MEMBERS_MAX };
    }
    const userId = unreachable.find((id) => added.includes(id));
    if (userId) return { kind: "personNotFound", userId };
    const [erased] = await findErasedOpened(tx, added, personStream);
    if (erased) return { kind: "personNotFound", userId: erased };
    const haveLeft = await findDeparted(tx, conversationId, added);
    if (haveLeft.length > 0) return { kind: "haveLeft", userIds: haveLeft };
    const now = context.now();
    const invited = added.filter((id) => strangers.has(id));
    const tooMany = await judgeAsking(tx, viewerId, "GROUP", invited.length, now);
    if (tooMany) return tooMany;
    const asked = { conversationId, senderId: viewerId, receiverIds: invited };
    await inviteToGroup({ tx, append }, asked, now);
    const joining = added.filter((id) => !strangers.has(id));
    if (joining.length === 0) return { kind: "added", invited };
    const joinedSeq = standing.lastSeq + 1;
    await insertMembers(tx, { conversationId, userIds: joining, joinedSeq, joinedAt: now });
    const change = { actorId: viewerId, added: joining, removed: [], newOwnerId: null };
    await append([
      membersChanged(conversationId, change),
      ...conversationAdded(joining, conversationId, joinedSeq),
    ]);
    return { kind: "added", invited };
  });
}

export type RemoveOutcome = Refusal | { readonly kind: "removed" };

/** Removes a member of a lower role from a group, or as an owner anybody. All ids are canonical. */
export async function removeMember(
  context: Context,
  conversationId: string,
  userId: string,
): Promise<RemoveOutcome> {
  const { id: viewerId } = requireViewer(context);
  const options = { conversationId, viewerId, people: [userId] };
  return changeConversation<RemoveOutcome>(context, options, async (change, standing) => {
    const refusal = refusalOf(standing, "REMOVE_MEMBERS");
    if (refusal || !standing) return refusal ?? { kind: "notFound" };
    const present = await listPresent(change.tx, conversationId);
    const role = present.find((member) => member.userId === userId)?.role;
    if (role && userId !== viewerId && !isAbove(standing.role, role)) {
      return { kind: "notAllowed", right: "REMOVE_MEMBERS" };
    }
    return remove(change, { conversationId, userId, actorId: viewerId }, present);
  });
}

/** Lets the viewer leave a group. The id is canonical. */
export async function leaveConversation(
  context: Context,
  conversationId: string,
): Promise<RemoveOutcome> {
  const { id: viewerId } = requireViewer(context);
  const options = { conversationId, viewerId, people: [viewerId] };
  return changeConversation<RemoveOutcome>(context, options, async (change, standing) => {
    if (!standing) return { kind: "notFound" };
    if (standing.kind !== "GROUP") return { kind: "direct" };
    await insertDeparture(change.tx, conversationId, viewerId);
    const present = await listPresent(change.tx, conversationId);
    return remove(change, { conversationId, userId: viewerId, actorId: viewerId }, present);
  });
}

async function remove(
  change: Change<Transaction>,
  removal: Removal,
  present: readonly MemberSummary[],
): Promise<RemoveOutcome> {
  const { conversationId, userId } = removal;
  const wasPresent = await removePresent(change, removal, present);
  if (wasPresent) await change.append([conversationRemoved(userId, conversationId)]);
  return { kind: "removed" };
}
