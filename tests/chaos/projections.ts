// Compares projections with their sources, as rows of the same shape. Call it when all consumers
// are at the end.
import { withDatabase } from "../kit/database.ts";
import { differences } from "./checks.ts";

interface Projection {
  readonly name: string;
  readonly owner: string;
  readonly source: string;
  readonly consumer: string;
  readonly copy: string;
}

const BLOCKS =
  "select blocker_id as blocker, blocked_id as blocked, is_blocked, version from block";

const PROJECTIONS: readonly Projection[] = [
  {
    name: "profiles",
    owner: "users",
    source: `select id, version, skills, interests, intents::text[], languages, location from person`,
    consumer: "matching",
    copy: `select id, version, skills, interests, intents, languages, location from person`,
  },
  { name: "blocks", owner: "users", source: BLOCKS, consumer: "matching", copy: BLOCKS },
  {
    name: "blocks in messaging",
    owner: "users",
    source: BLOCKS.replace(", version", ""),
    consumer: "messaging",
    copy: BLOCKS.replace(", version", ""),
  },
  {
    name: "events",
    owner: "events",
    source: `select id, version, status::text, starts_at from event where status = 'PUBLISHED'`,
    consumer: "matching",
    copy: "select id, version, status, starts_at from event",
  },
  {
    name: "registrations",
    owner: "events",
    source: `select id, changed_seq as version, event_id, attendee_id as person, status::text
      from registration`,
    consumer: "matching",
    copy: "select id, version, event_id, person_id as person, status from registration",
  },
];

async function rowsOf<Row extends object>(subgraph: string, query: string): Promise<Row[]> {
  return withDatabase(subgraph, async (client) => (await client.query<Row>(query)).rows);
}

const PATIENCE_MS = 30_000;
const ASK_AGAIN_MS = 100;

/** Waits until every consumer has reached the end of its sources. */
export async function quiet(): Promise<void> {
  const giveUpAt = Date.now() + PATIENCE_MS;
  for (;;) {
    const behind = await consumersBehind();
    if (behind.length === 0) return;
    if (Date.now() > giveUpAt) throw new Error(`not consumed: ${JSON.stringify(behind)}`);
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

const CONSUMERS = [
  ["matching", "users"],
  ["matching", "events"],
  ["messaging", "users"],
  ["messaging", "matching"],
] as const;

async function consumersBehind(): Promise<object[]> {
  const all = CONSUMERS.map(async ([consumer, source]) => {
    const told = await rowsOf<{ n: number }>(source, "select count(*)::int as n from outbox");
    const read = `select position::int as n from consumer_position where source = '${source}'`;
    const heard = await rowsOf<{ n: number }>(consumer, read);
    return { consumer, source, told: told[0]?.n ?? 0, heard: heard[0]?.n };
  });
  return (await Promise.all(all)).filter(({ told, heard }) => told !== heard);
}

/** Rows that are missing or different in a projection, and dead letters. */
export async function projectionFaults(): Promise<string[]> {
  const faults = await Promise.all(
    PROJECTIONS.map(async ({ name, owner, source, consumer, copy }) => {
      const [there, here] = await Promise.all([rowsOf(owner, source), rowsOf(consumer, copy)]);
      if (there.length === 0) return [`${name}: nothing to compare`];
      return differences(there, here).map((fault) => `${name}: ${fault}`);
    }),
  );
  const buried = await Promise.all(
    ["matching", "messaging"].map((each) => rowsOf(each, "select topic, key from dead_letter")),
  );
  return [...faults.flat(), ...buried.flat().map((row) => `buried: ${JSON.stringify(row)}`)];
}
