// Waits until a subgraph has applied all that others have told it. Integration events take their
// time, and no operation of the graph says when they have arrived, so the databases are asked.
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

const HEARD_WITHIN_MS = 30_000;
const POLL_MS = 50;

/** Database URLs by subgraph. Throws when it takes longer than `withinMs`. */
export async function untilHeard(
  databases: Readonly<Record<string, string>>,
  listener: string,
  owners: readonly string[],
  withinMs = HEARD_WITHIN_MS,
): Promise<void> {
  const giveUpAt = Date.now() + withinMs;
  for (const owner of owners) {
    const told = await lastTold(databases[owner], giveUpAt);
    const hasHeard = told !== null && (await hears(databases[listener], owner, told, giveUpAt));
    if (hasHeard) continue;
    throw new Error(
      `${listener} has not heard all that ${owner} told within ${withinMs / 1_000} s. ` +
        "Their logs may say why; the next start goes on from here.",
    );
  }
}

/** True when a listener has applied what an owner told up to a position. */
async function hears(
  databaseUrl: string | undefined,
  owner: string,
  position: number,
  giveUpAt: number,
): Promise<boolean> {
  const asked = `/* seed.heard */ select from consumer_position
    where source = $1 and position >= $2::bigint`;
  const answer = await poll(databaseUrl, giveUpAt, async (client) => {
    const { rowCount } = await client.query(asked, [owner, position]);
    return rowCount || null;
  });
  return answer !== null;
}

/** The position of the last fact that an owner has told; null when some never got one. */
function lastTold(databaseUrl: string | undefined, giveUpAt: number): Promise<number | null> {
  return poll(databaseUrl, giveUpAt, async (client) => {
    const { rows } = await client.query<{ position: number }>(`/* seed.told */
      select position::float8 as position from outbox_head
      where not exists (select from outbox where position is null)`);
    return rows[0]?.position ?? null;
  });
}

/** Asks again and again until there is an answer; null when there is none in time. */
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
