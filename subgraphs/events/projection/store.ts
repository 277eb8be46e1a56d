// Stores the state that other subgraphs published: the newest version of each aggregate.
import type { Transaction } from "../context.ts";

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
