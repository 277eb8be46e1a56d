// An erasure waits for writers that have looked for it already, and erases what they add. Without
// its locks, what they add stays for ever.
import pg from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { createAdapter, createPool } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import type { JobHandler } from "../../../kit/jobs/handlers.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { erasingOfAccounts as erasingInEvents } from "../../../subgraphs/events/erasures/jobs.ts";
import { PrismaClient as Events } from "../../../subgraphs/events/generated/prisma/client.ts";
import { erasingOfAccounts as erasingInMatching } from "../../../subgraphs/matching/erasures/jobs.ts";
import { PrismaClient as Matching } from "../../../subgraphs/matching/generated/prisma/client.ts";
import { erasingOfAccounts as erasingInMessaging } from "../../../subgraphs/messaging/erasures/jobs.ts";
import { PrismaClient as Messaging } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { editing } from "../../kit/edited-sql.ts";
import { openOwnDatabase } from "../../kit/own-database.ts";

const log = createLog({ name: "erasing-test", level: "silent" });

/** A lock of an erasure, and a writer that holds it. In SQL, $1 is the person, $2 another one. */
interface Race {
  readonly subgraph: "events" | "matching" | "messaging";
  /** Committed before. */
  readonly seed?: string;
  /** The locks of the writer, and what it adds. */
  readonly writes: readonly string[];
  readonly left: string;
  /** Turns the erasure's lock off. */
  readonly edit: readonly [from: string, to: string];
}

const OWN_STREAM = [
  "on conflict (id) do update set last_seq = stream.last_seq",
  "on conflict (id) do nothing",
] as const;
const LOCK_OWN_STREAM =
  "select from stream where id = 'person:' || $1::text and $2::text <> '' for no key update";

const RACES: Readonly<Record<string, Race>> = {
  "a registration for an event": {
    subgraph: "events",
    seed: `insert into event (id, organizer_id, title, starts_at, ends_at, time_zone, capacity,
        has_waitlist, created_at)
      values ($2::uuid, $2::uuid, 'Evening', now() + interval '1 day', now() + interval '2 days',
        'Europe/Berlin', 9, false, now() + 0 * length($1::text) * interval '1 day')`,
    writes: [
      LOCK_OWN_STREAM,
      `insert into registration (id, event_id, attendee_id, status, cancelled_by, party_size,
         request_hash, requested_seq, created_at)
       values (gen_random_uuid(), $2::uuid, $1::uuid, 'CANCELLED', 'ATTENDEE', 1, 'hash', 1, now())`,
    ],
    left: "select from registration where attendee_id = $1 and request_hash <> ''",
    edit: OWN_STREAM,
  },
  "an answer to a suggestion": {
    subgraph: "matching",
    writes: [
      LOCK_OWN_STREAM,
      `insert into answer (person_id, user_id, answer, answered_at)
       values ($2::uuid, $1::uuid, 'ACCEPT', now())`,
    ],
    left: "select from answer where user_id = $1",
    edit: OWN_STREAM,
  },
  "a list of suggestions": {
    subgraph: "matching",
    writes: [
      `select pg_advisory_xact_lock_shared(hashtext('matching.lists'))
       where $1::text <> $2::text`,
      `with run as (
         insert into match_run (id, person_id, person_version, created_at)
         values (gen_random_uuid(), $2::uuid, 1, now()) returning id
       )
       insert into suggestion (id, run_id, person_id, user_id, rank, score, reasons)
       select gen_random_uuid(), id, $2::uuid, $1::uuid, 1, 0.5, '[]' from run`,
    ],
    left: "select from suggestion where user_id = $1",
    edit: ["pg_advisory_xact_lock(", "abs("],
  },
  "a place in a conversation": {
    subgraph: "messaging",
    writes: [
      LOCK_OWN_STREAM,
      "insert into stream (id) select 'conversation:' || $2::text where $1::text <> ''",
      `insert into conversation (id, kind, title, created_at, activity_at)
       select $2::uuid, 'GROUP', 'Talk', now(), now() where $1::text <> ''`,
      `insert into member (conversation_id, user_id, role, joined_seq, joined_at, read_seq)
       values ($2::uuid, $1::uuid, 'MEMBER', 0, now(), 0)`,
    ],
    left: "select from member where user_id = $1",
    edit: OWN_STREAM,
  },
};

/** The erasure of accounts in an own database, with or without one of its locks. */
function erasingOf({ subgraph, edit }: Race, pool: pg.Pool, isGuarded: boolean): JobHandler {
  const adapter = createAdapter(pool);
  switch (subgraph) {
    case "events": {
      const database = new Events({ adapter });
      return erasingInEvents(isGuarded ? database : editing(database, ...edit));
    }
    case "matching": {
      const database = new Matching({ adapter });
      return erasingInMatching(isGuarded ? database : editing(database, ...edit));
    }
    case "messaging": {
      const database = new Messaging({ adapter });
      return erasingInMessaging(isGuarded ? database : editing(database, ...edit));
    }
  }
}

/** How many rows of the person are left when a writer commits during the erasure. */
async function leftBehind(race: Race, isGuarded: boolean): Promise<number | null> {
  const own = await openOwnDatabase(race.subgraph);
  const pool = createPool(own.url, log);
  const writer = new pg.Client({ connectionString: own.url });
  onTestFinished(async () => {
    await writer.end();
    await pool.end();
    await own.drop();
  });
  await writer.connect();
  const userId = newId();
  const people = [userId, newId()];
  await writer.query("insert into stream (id) values ('person:' || $1::text)", [userId]);
  if (race.seed) await writer.query(race.seed, people);
  await writer.query("begin");
  for (const each of race.writes) await writer.query(each, people);
  await pool.query("insert into erasure (user_id, erasure_id, told_at) values ($1, $2, now())", [
    userId,
    newId(),
  ]);
  let isOver = false;
  const job = { id: newId(), key: "erasure", attempt: 1, done: async () => {} };
  const payload = { userId, erasureId: newId() };
  const { signal } = new AbortController();
  const erasing = erasingOf(race, pool, isGuarded)
    .run({ ...job, payload, signal })
    .finally(() => {
      isOver = true;
    });
  const waits = `select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  const overOrWaits = async () => isOver || ((await pool.query(waits)).rowCount ?? 0) > 0;
  await vi.waitFor(async () => expect(await overOrWaits()).toBe(true), { timeout: 8_000 });
  await writer.query("commit");
  await erasing;
  return (await pool.query(race.left, [userId])).rowCount;
}

test.each(Object.entries(RACES))("%s that is being added is erased", async (_what, race) => {
  expect(await leftBehind(race, true)).toBe(0);
});

test.each(Object.entries(RACES))("without the lock, %s stays", async (_what, race) => {
  expect(await leftBehind(race, false)).toBe(1);
});
