// Reads and writes blocks.
import type { Page } from "#kit/data/pagination";
import type { Database, Transaction } from "../../database.ts";
import type { Block as BlockRow } from "../../generated/prisma/client.ts";

export type { BlockRow };

/**
 * Sets whether one person blocks another; null when nothing changes. The row stays locked until the
 * commit, so the versions of a pair are published in order.
 */
export async function setBlock(
  tx: Transaction,
  pair: { readonly blockerId: string; readonly blockedId: string },
  isBlocked: boolean,
  now: Date,
): Promise<BlockRow | null> {
  const { blockerId, blockedId } = pair;
  const rows = await tx.$queryRaw<BlockRow[]>`/* users.block.set */
    insert into block (blocker_id, blocked_id, is_blocked, version, changed_at)
    select ${blockerId}::uuid, ${blockedId}::uuid, ${isBlocked}, 1, ${now}::timestamptz
    where ${isBlocked} or exists (
      select from block where blocker_id = ${blockerId}::uuid and blocked_id = ${blockedId}::uuid
    )
    on conflict (blocker_id, blocked_id) do update
      set is_blocked = excluded.is_blocked, version = block.version + 1,
        changed_at = excluded.changed_at
      where block.is_blocked <> excluded.is_blocked
    returning blocker_id as "blockerId", blocked_id as "blockedId",
      is_blocked as "isBlocked", version, changed_at as "changedAt"`;
  return rows[0] ?? null;
}

/** Those of the people whom the blocker blocks now, in one statement. */
export async function findBlocked(
  database: Database,
  blockerId: string,
  personIds: readonly string[],
): Promise<string[]> {
  const rows = await database.block.findMany({
    where: { blockerId, blockedId: { in: [...personIds] }, isBlocked: true },
    select: { blockedId: true },
  });
  return rows.map(({ blockedId }) => blockedId);
}

/** A position in a list of blocks: behind this time and person. */
export interface BlockPosition {
  readonly changedAt: Date;
  readonly blockedId: string;
}

/** A page of a person's blocks and one more, newest first. */
export async function listBlocks(
  database: Database,
  blockerId: string,
  page: Page<BlockPosition>,
): Promise<BlockRow[]> {
  const { after, limit } = page;
  return database.block.findMany({
    where: {
      blockerId,
      isBlocked: true,
      ...(after && {
        OR: [
          { changedAt: { lt: after.changedAt } },
          { changedAt: after.changedAt, blockedId: { gt: after.blockedId } },
        ],
      }),
    },
    orderBy: [{ changedAt: "desc" }, { blockedId: "asc" }],
    take: limit + 1,
  });
}

/** Blocks behind a pair `<blocker>:<blocked>`, with lifted ones, in the order of the pairs. */
export async function listAllBlocks(
  database: Database,
  after: string | null,
  limit: number,
): Promise<BlockRow[]> {
  const [blockerId, blockedId] = after?.split(":") ?? [];
  return database.block.findMany({
    ...(blockerId &&
      blockedId && {
        where: {
          OR: [{ blockerId: { gt: blockerId } }, { blockerId, blockedId: { gt: blockedId } }],
        },
      }),
    orderBy: [{ blockerId: "asc" }, { blockedId: "asc" }],
    take: limit,
  });
}
