// Facts that count for a short time only, read from the outbox itself, which keeps them longer: a
// part of a snapshot that needs no table of its own.
import type { Sql } from "#kit/data/database";
import type { Fact } from "#kit/facts/outbox";

/**
 * The newest fact of each aggregate with this topic that was told after `since`, behind a key, in
 * the order of the keys. `since` must not be older than what the outbox keeps, 30 days.
 */
export async function recentFacts(
  database: Sql,
  topic: string,
  since: Date,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<Fact[]> {
  return database.$queryRaw<Fact[]>`/* outbox.recent */
    select distinct on (key) topic, key, version, payload from outbox
    where created_at > ${since}::timestamptz and topic = ${topic}
      and (${after}::text is null or key > ${after}::text)
    order by key, version desc limit ${limit}::int`;
}
