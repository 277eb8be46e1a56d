// Waits until the relay has published what was committed, for an action whose caller relies on it
// at once. It only makes a race unlikely: nothing may depend on it.
import { setTimeout as delay } from "node:timers/promises";
import type { Sql } from "#kit/data/database";
import type { Log } from "#kit/service/logger";

/** Published within some milliseconds as a rule; the waits double from here. */
const FIRST_WAIT_MS = 5;
const AT_MOST_MS = 1_000;

/**
 * Resolves when all facts that were committed before the call are published, after `atMostMs` at
 * the latest. Call it after the commit. Never rejects: true if they were published.
 */
export async function untilPublished(
  database: Sql,
  log: Log,
  { atMostMs = AT_MOST_MS }: { readonly atMostMs?: number } = {},
): Promise<boolean> {
  const endsAt = performance.now() + atMostMs;
  try {
    const last = await lastId(database);
    for (let waitMs = FIRST_WAIT_MS; ; waitMs *= 2) {
      if (await isPublished(database, last)) return true;
      const leftMs = endsAt - performance.now();
      if (leftMs <= 0) return false;
      await delay(Math.min(waitMs, leftMs));
    }
  } catch (error) {
    log.warn({ err: error }, "whether facts are published is not known");
    return false;
  }
}

async function lastId(database: Sql): Promise<bigint> {
  const [row] = await database.$queryRaw<{ id: bigint }[]>`/* outbox.last */
    select coalesce(max(id), 0) as id from outbox`;
  return row?.id ?? 0n;
}

/** Rows get positions in the order in which the relay sees them, so a later id may come before. */
async function isPublished(database: Sql, last: bigint): Promise<boolean> {
  const [row] = await database.$queryRaw<{ isPublished: boolean }[]>`/* outbox.published */
    select not exists (
      select 1 from outbox where position is null and id <= ${last}
    ) and not exists (
      select 1 from outbox
      where position > (select published from outbox_head) and id <= ${last}
    ) as "isPublished"`;
  return row?.isPublished ?? false;
}
