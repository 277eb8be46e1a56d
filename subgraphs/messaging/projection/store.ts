// Stores the state that other subgraphs published: the newest version of each aggregate.
import type { Database, Transaction } from "../database.ts";

/** Stores that a person has an account, unless it is erased. */
export async function putPerson(
  tx: Transaction,
  { userId }: { readonly userId: string },
  version: number,
): Promise<void> {
  await tx.$executeRaw`/* messaging.person.put */
    insert into person (id, version) select ${userId}::uuid, ${version}::int
    where not exists (select from erasure where user_id = ${userId}::uuid)
    on conflict (id) do update set version = excluded.version
      where person.version < excluded.version`;
}

/** Makes all stored versions of people older than any new one. */
export async function resetPersonVersions(tx: Transaction): Promise<void> {
  await tx.$executeRaw`/* messaging.person.reset */
    update person set version = 0 where version > 0`;
}

/**
 * Those of the people whom `personId` cannot reach: they are unknown, their account is erased, or
 * one of the two blocks the other. One statement.
 */
export async function findUnreachable(
  database: Database,
  personId: string,
  userIds: readonly string[],
): Promise<Set<string>> {
  const rows = await database.$queryRaw<{ id: string }[]>`/* messaging.people.unreachable */
    select wanted.id::text from unnest(${userIds}::uuid[]) as wanted(id)
    where not exists (select from person where person.id = wanted.id)
      or exists (select from erasure where erasure.user_id = wanted.id)
      or exists (
        select from block where is_blocked and (blocker_id, blocked_id)
          in ((${personId}::uuid, wanted.id), (wanted.id, ${personId}::uuid))
      )`;
  return new Set(rows.map(({ id }) => id));
}

/** Whether one person blocks another. */
export interface BlockState {
  readonly blockerId: string;
  readonly blockedId: string;
  readonly isBlocked: boolean;
}

/**
 * Stores a block; false when the version is not newer than the stored one, and when the account of
 * one of the two is erased.
 */
export async function putBlock(
  tx: Transaction,
  state: BlockState,
  version: number,
): Promise<boolean> {
  const { blockerId, blockedId, isBlocked } = state;
  const put = await tx.$executeRaw`/* messaging.block.put */
    insert into block (blocker_id, blocked_id, is_blocked, version)
    select ${blockerId}::uuid, ${blockedId}::uuid, ${isBlocked}, ${version}::int
    where not exists (select from erasure where user_id in (${blockerId}::uuid, ${blockedId}::uuid))
    on conflict (blocker_id, blocked_id) do update
      set is_blocked = excluded.is_blocked, version = excluded.version
      where block.version < excluded.version`;
  return put > 0;
}

/** Makes all stored versions of blocks older than any new one. */
export async function resetBlockVersions(tx: Transaction): Promise<void> {
  await tx.$executeRaw`/* messaging.block.reset */
    update block set version = 0 where version > 0`;
}

/** True when one of two people blocks the other. */
export async function isBlockedPair(
  database: Database | Transaction,
  personId: string,
  otherId: string,
): Promise<boolean> {
  const pair = [personId, otherId];
  const found = await database.block.count({
    where: { isBlocked: true, blockerId: { in: pair }, blockedId: { in: pair } },
  });
  return found > 0;
}

/** Whether messages can be sent to a conversation, whoever asks. */
export type Sending = "OPEN" | "CLOSED" | "REQUEST_PENDING" | "RECIPIENT_GONE";

/** Whether messages can be sent to these conversations, in their order, in one statement. */
export async function findSending(
  database: Database,
  conversationIds: readonly string[],
): Promise<Sending[]> {
  const rows = await database.$queryRaw<
    { id: string; sending: Sending }[]
  >`/* messaging.conversations.sending */
    select conversation.id::text,
      case
        when conversation.kind <> 'DIRECT' then 'OPEN'
        when exists (
          select from block where is_blocked and (blocker_id, blocked_id)
            in ((pair_low, pair_high), (pair_high, pair_low))
        ) then 'CLOSED'
        when exists (select from message_request where conversation_id = conversation.id) then
          case when exists (select from message where conversation_id = conversation.id)
            then 'REQUEST_PENDING' else 'OPEN' end
        when (select count(*) from member where conversation_id = conversation.id) < 2
          then 'RECIPIENT_GONE'
        else 'OPEN'
      end as sending
    from conversation where conversation.id = any(${conversationIds}::uuid[])`;
  const found = new Map(rows.map(({ id, sending }) => [id, sending]));
  return conversationIds.map((id) => found.get(id) ?? "OPEN");
}
