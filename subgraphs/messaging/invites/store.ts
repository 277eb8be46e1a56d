// Reads and writes invites. Those who write hold the lock of the conversation's stream.
import type { Database, Transaction } from "../database.ts";
import { type Invite, Prisma } from "../generated/prisma/client.ts";

export type InviteRow = Omit<Invite, "codeHash">;

const AS_ROW = Prisma.sql`
  invite.id, invite.conversation_id as "conversationId", invite.maker_id as "makerId",
  invite.created_at as "createdAt", invite.expires_at as "expiresAt", invite.uses,
  invite.uses_max as "usesMax"`;

const IS_LIVE = Prisma.sql`(invite.expires_at is null or invite.expires_at > now())
  and (invite.uses_max is null or invite.uses < invite.uses_max)`;

/** The invites of these conversations that can be used, the latest first. One statement. */
export async function listInvites(
  database: Database | Transaction,
  conversationIds: readonly string[],
): Promise<InviteRow[]> {
  return database.$queryRaw<InviteRow[]>`/* messaging.invites.list */
    select ${AS_ROW} from invite
    where invite.conversation_id = any(${conversationIds}::uuid[]) and ${IS_LIVE}
    order by invite.created_at desc, invite.id desc`;
}

/** Inserts an invite, in place of those of the group that can be used no more. */
export async function insertInvite(tx: Transaction, invite: Invite): Promise<void> {
  await tx.$executeRaw`/* messaging.invites.clean */
    delete from invite where conversation_id = ${invite.conversationId}::uuid and not (${IS_LIVE})`;
  await tx.invite.create({ data: invite });
}

/** The conversation of an invite; null for an unknown one. */
export async function conversationOfInvite(
  database: Database,
  inviteId: string,
): Promise<string | null> {
  const found = await database.invite.findUnique({
    where: { id: inviteId },
    select: { conversationId: true },
  });
  return found?.conversationId ?? null;
}

/** Deletes an invite; false when there was none. */
export async function deleteInvite(tx: Transaction, inviteId: string): Promise<boolean> {
  const { count } = await tx.invite.deleteMany({ where: { id: inviteId } });
  return count > 0;
}

export async function countUse(tx: Transaction, inviteId: string): Promise<void> {
  await tx.invite.update({ where: { id: inviteId }, data: { uses: { increment: 1 } } });
}

/** A group as a person sees it by an invite. */
export interface InvitedGroup extends InviteRow {
  readonly title: string | null;
  readonly description: string | null;
  readonly lastSeq: number;
  readonly memberCount: number;
  readonly isViewerMember: boolean;
  /** The last change of this person's membership was that somebody else removed them. */
  readonly isRemoved: boolean;
  /** No member, and blocked by an owner of the group or by the person who made the invite. */
  readonly isUnwanted: boolean;
}

/** The group of a code, for a person who may not be a member of it; null for an unknown code. */
export async function findInvited(
  database: Database | Transaction,
  personId: string,
  codeHash: string,
): Promise<InvitedGroup | null> {
  const rows = await database.$queryRaw<InvitedGroup[]>`/* messaging.invites.find */
    select ${AS_ROW}, conversation.title, conversation.description, stream.last_seq as "lastSeq",
      (select count(*)::int from member where conversation_id = conversation.id) as "memberCount",
      exists (
        select from member
        where conversation_id = conversation.id and user_id = ${personId}::uuid
      ) as "isViewerMember",
      coalesce((
        select payload ->> 'actorId' is distinct from ${personId}
          and payload -> 'removed' ? ${personId}
        from stream_entry
        where stream_id = stream.id and type = 'membersChanged'
          and (payload -> 'removed' ? ${personId} or payload -> 'added' ? ${personId})
        order by seq desc limit 1
      ), false) as "isRemoved",
      not exists (
        select from member
        where conversation_id = conversation.id and user_id = ${personId}::uuid
      ) and exists (
        select from block where is_blocked and blocked_id = ${personId}::uuid
          and (blocker_id = invite.maker_id or exists (
            select from member where conversation_id = conversation.id
              and user_id = block.blocker_id and role = 'OWNER'))
      ) as "isUnwanted"
    from invite
    join conversation on conversation.id = invite.conversation_id
    join stream on stream.id = 'conversation:' || conversation.id
    where invite.code_hash = ${codeHash}`;
  return rows[0] ?? null;
}

export interface InvitePreviewRow
  extends Pick<
    InvitedGroup,
    "conversationId" | "title" | "description" | "memberCount" | "isViewerMember"
  > {}
