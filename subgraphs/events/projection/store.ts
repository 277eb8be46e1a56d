// Stores the state that other subgraphs published: the newest version of each aggregate.
import type { Transaction } from "../database.ts";
import type { Standing } from "../generated/prisma/enums.ts";

/** Whether one person blocks another. */
export interface BlockState {
  readonly blockerId: string;
  readonly blockedId: string;
  readonly isBlocked: boolean;
}

/** Stores a block, unless the account of one of the two is erased. */
export async function putBlock(tx: Transaction, state: BlockState, version: number): Promise<void> {
  const { blockerId, blockedId, isBlocked } = state;
  await tx.$executeRaw`/* events.block.put */
    insert into block (blocker_id, blocked_id, is_blocked, version)
    select ${blockerId}::uuid, ${blockedId}::uuid, ${isBlocked}, ${version}::int
    where not exists (select from erasure where user_id in (${blockerId}::uuid, ${blockedId}::uuid))
    on conflict (blocker_id, blocked_id) do update
      set is_blocked = excluded.is_blocked, version = excluded.version
      where block.version < excluded.version`;
}

/** Makes all stored versions of blocks older than any new one. */
export async function resetBlockVersions(tx: Transaction): Promise<void> {
  await tx.$executeRaw`/* events.block.reset */
    update block set version = 0 where version > 0`;
}

/** Whether the account of a person is in use. */
export interface StandingState {
  readonly userId: string;
  readonly standing: Standing;
}

export async function putStanding(
  tx: Transaction,
  { userId, standing }: StandingState,
  version: number,
): Promise<void> {
  await tx.$executeRaw`/* events.standing.put */
    insert into person_standing (person_id, standing, version)
    select ${userId}::uuid, ${standing}::text::standing, ${version}::int
    where not exists (select from erasure where user_id = ${userId}::uuid)
    on conflict (person_id) do update
      set standing = excluded.standing, version = excluded.version
      where person_standing.version < excluded.version`;
}

/** Makes all stored versions of standings older than any new one. */
export async function resetStandingVersions(tx: Transaction): Promise<void> {
  await tx.$executeRaw`/* events.standing.reset */
    update person_standing set version = 0 where version > 0`;
}
