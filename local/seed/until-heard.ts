// Waits until a subgraph has applied all that others have told it. Integration events take their
// time, and no operation of the graph says when they have arrived, so the databases are asked.
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

const HEARD_WITHIN_MS = 30_000;
const POLL_MS = 50;

/** Database URLs by subgraph. Throws when it takes longer than 30 s. */
export async function untilHeard(
  databases: Readonly<Record<string, string>>,
  listener: string,
  owners: readonly string[],
): Promise<void> {
  const giveUpAt = Date.now() + HEARD_WITHIN_MS;
  for (const owner of owners) {
    const told = await lastTold(databases[owner], giveUpAt);
    const asked = `/* seed.heard */ select position::float8 as position from consumer_position
      where source = $1 and position >= $2`;
    const hasHeard = await poll(databases[listener], giveUpAt, async (client) => {
      const { rows } = await client.query(asked, [owner, told ?? 0]);
      return rows.length > 0 ? true : null;
    });
    if (told === null || !hasHeard) {
      throw new Error(
        `${listener} has not heard all that ${owner} told within ${HEARD_WITHIN_MS / 1_000} s. ` +
          "Their logs may say why; the next start goes on from here.",
      );
    }
  }
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
