// Makes, revokes, shows and accepts invites to groups.
import { createHash, randomBytes } from "node:crypto";
import { newId } from "#kit/data/id";
import { findErasedOpened } from "#kit/erasures/store";
import { changeStream } from "#kit/live/changes";
import { openStreams } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import { isVerified, NOT_VERIFIED, type NotVerified } from "#kit/trust/verified";
import { MEMBERS_MAX } from "../access.ts";
import { changeConversation } from "../changes.ts";
import { clearLoaders } from "../clear-loaders.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../database.ts";
import { membersChanged } from "../entries.ts";
import { deleteDeparture, insertMembers } from "../members/store.ts";
import { conversationAdded } from "../own-entries.ts";
import { type NotAllowed, refusalOf } from "../rights.ts";
import { conversationStream, personStream } from "../streams.ts";
import { INVITES_MAX, isLive } from "./rules.ts";
import {
  conversationOfInvite,
  countUse,
  deleteInvite,
  findInvited,
  type InvitedGroup,
  type InviteRow,
  insertInvite,
  listInvites,
} from "./store.ts";

const CODE_BYTES = 16;

const hashOf = (code: string) => createHash("sha256").update(code).digest("hex");

export interface CreateRequest {
  readonly conversationId: string;
  readonly expiresAt: Date | null;
  readonly usesMax: number | null;
}

export type CreateOutcome =
  | { readonly kind: "created"; readonly invite: InviteRow; readonly code: string }
  | { readonly kind: "tooMany"; readonly invitesMax: number }
  | { readonly kind: "notFound" | "direct" }
  | NotAllowed
  | NotVerified;

/** Makes an invite for a verified viewer who may. The id is canonical. */
export async function createInvite(
  context: Context,
  { conversationId, ...wish }: CreateRequest,
): Promise<CreateOutcome> {
  const viewer = requireViewer(context);
  if (!isVerified(viewer)) return NOT_VERIFIED;
  const options = { conversationId, viewerId: viewer.id };
  return changeConversation<CreateOutcome>(context, options, async ({ tx }, standing) => {
    const refusal = refusalOf(standing, "INVITE_BY_LINK");
    if (refusal) return refusal;
    const live = await listInvites(tx, [conversationId]);
    if (live.length >= INVITES_MAX) return { kind: "tooMany", invitesMax: INVITES_MAX };
    const code = randomBytes(CODE_BYTES).toString("base64url");
    const made = { id: newId(), conversationId, makerId: viewer.id, createdAt: context.now() };
    const invite = { ...made, ...wish, uses: 0 };
    await insertInvite(tx, { ...invite, codeHash: hashOf(code) });
    return { kind: "created", invite, code };
  });
}

export type RevokeOutcome =
  | { readonly kind: "revoked"; readonly conversationId: string }
  | { readonly kind: "notFound" }
  | NotAllowed;

/** Revokes an invite of a group for which the viewer may make some. The id is canonical. */
export async function revokeInvite(context: Context, inviteId: string): Promise<RevokeOutcome> {
  const { id: viewerId } = requireViewer(context);
  const conversationId = await conversationOfInvite(context.database, inviteId);
  if (!conversationId) return { kind: "notFound" };
  const options = { conversationId, viewerId };
  return changeConversation<RevokeOutcome>(context, options, async ({ tx }, standing) => {
    const refusal = refusalOf(standing, "INVITE_BY_LINK");
    if (refusal) return refusal.kind === "notAllowed" ? refusal : { kind: "notFound" };
    const existed = await deleteInvite(tx, inviteId);
    return existed ? { kind: "revoked", conversationId } : { kind: "notFound" };
  });
}

/** The group of an invite that the viewer can use; null for any other code. */
export async function previewInvite(context: Context, code: string): Promise<InvitedGroup | null> {
  const { id } = requireViewer(context);
  const group = await findInvited(context.database, id, hashOf(code));
  return group && isUsable(group, context.now()) ? group : null;
}

function isUsable(group: InvitedGroup, now: Date): boolean {
  return isLive(group, now) && !group.isRemoved && !group.isUnwanted;
}

export type AcceptOutcome =
  | { readonly kind: "joined"; readonly conversationId: string }
  | { readonly kind: "invalid" }
  | { readonly kind: "tooMany"; readonly membersMax: number }
  | NotVerified;

/** Lets a verified viewer join by an invite. Uses are counted behind the lock of the group. */
export async function acceptInvite(context: Context, code: string): Promise<AcceptOutcome> {
  const viewer = requireViewer(context);
  if (!isVerified(viewer)) return NOT_VERIFIED;
  const codeHash = hashOf(code);
  const known = await findInvited(context.database, viewer.id, codeHash);
  if (!known) return { kind: "invalid" };
  const { conversationId } = known;
  const outcome = await changeStream<Transaction, AcceptOutcome>(
    context,
    conversationStream(conversationId),
    async ({ tx, append }) => {
      const group = await findInvited(tx, viewer.id, codeHash);
      if (!group || !isUsable(group, context.now())) return { kind: "invalid" };
      if (group.isViewerMember) return { kind: "joined", conversationId };
      if (group.memberCount >= MEMBERS_MAX) return { kind: "tooMany", membersMax: MEMBERS_MAX };
      await openStreams(tx, [personStream(viewer.id)]);
      await findErasedOpened(tx, [viewer.id], personStream, viewer.id);
      await countUse(tx, group.id);
      await deleteDeparture(tx, conversationId, viewer.id);
      const joinedSeq = group.lastSeq + 1;
      const joining = { conversationId, userIds: [viewer.id], joinedSeq, joinedAt: context.now() };
      await insertMembers(tx, joining);
      const change = { added: [viewer.id], removed: [], newOwnerId: null };
      await append([
        membersChanged(conversationId, { actorId: viewer.id, ...change }),
        ...conversationAdded([viewer.id], conversationId, joinedSeq),
      ]);
      return { kind: "joined", conversationId };
    },
  );
  clearLoaders(context);
  return outcome;
}
