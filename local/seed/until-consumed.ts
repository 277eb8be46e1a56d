// Waits until a subgraph has applied all integration events of others. It reads the databases,
// because the graph has no operation for this.
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

const CONSUMED_WITHIN_MS = 30_000;
const POLL_MS = 50;

/** `databases` has URLs by subgraph. Throws when it takes longer than `withinMs`. */
export async function untilConsumed(
  databases: Readonly<Record<string, string>>,
  consumer: string,
  owners: readonly string[],
  withinMs = CONSUMED_WITHIN_MS,
): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  for (const owner of owners) {
    const last = await lastPublished(databases[owner], giveUpAt);
    const isDone = last !== null && (await consumes(databases[consumer], owner, last, giveUpAt));
    if (isDone) continue;
    throw new Error(
      `${consumer} has not applied all events of ${owner} within ${withinMs / 1_000} s. ` +
        "Their logs may say why; the next start goes on from here.",
    );
  }
}

/** True when the consumer has applied the events of an owner up to `position`. */
async function consumes(
  databaseUrl: string | undefined,
  owner: string,
  position: number,
  giveUpAt: number,
): Promise<boolean> {
  const question = `/* seed.consumed */ select from consumer_position
    where source = $1 and position >= $2::bigint`;
  const answer = await poll(databaseUrl, giveUpAt, async (client) => {
    const { rowCount } = await client.query(question, [owner, position]);
    return rowCount || null;
  });
  return answer !== null;
}

/** The position of an owner's last event; null while some of its events have none. */
function lastPublished(databaseUrl: string | undefined, giveUpAt: number): Promise<number | null> {
  return poll(databaseUrl, giveUpAt, async (client) => {
    const { rows } = await client.query<{ position: number }>(`/* seed.published */
      select position::float8 as position from outbox_head
      where not exists (select from outbox where position is null)`);
    return rows[0]?.position ?? null;
  });
}

/** Polls until there is a result. Null if there is none in time. */
async function poll<Answer>(
  databaseUrl: string | undefined,
  giveUpAt: number,
  ask: (client: pg.Client) => Promise<Answer | null>,
): Promise<Answer | null> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (;;) {
      const answer = await ask(client);
      if (answer !== null || Date.now() > giveUpAt) return answer;
      await delay(POLL_MS);
    }
  } finally {
    await client.end();
  }
}
