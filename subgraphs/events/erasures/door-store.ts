// Erases what a person has written at doors: names of gates, words about guests, and nonces. The
// check-ins stay with their bare id: they say who has come.
import type { Database, Transaction } from "../database.ts";

/** Erases some of what the person has written. False when nothing was left. */
export async function eraseAtDoors(
  database: Database,
  userId: string,
  limit: number,
): Promise<boolean> {
  const checkIns = await database.$executeRaw`/* events.erasures.checkIns */
    update check_in set gate = '', nonce = id::text where id in (
      select id from check_in where by = ${userId}::uuid and nonce <> id::text limit ${limit}::int
    )`;
  const walkIns = await database.$executeRaw`/* events.erasures.walkIns */
    update walk_in set gate = '', label = '', nonce = id::text where id in (
      select id from walk_in where by = ${userId}::uuid and nonce <> id::text limit ${limit}::int
    )`;
  return checkIns + walkIns > 0;
}

/** True when the person has written something at a door since. */
export async function isLeftAtDoors(tx: Transaction, userId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ isLeft: boolean }[]>`/* events.erasures.leftAtDoors */
    select exists (select from check_in where by = ${userId}::uuid and nonce <> id::text)
      or exists (select from walk_in where by = ${userId}::uuid and nonce <> id::text) as "isLeft"`;
  return row?.isLeft ?? false;
}
