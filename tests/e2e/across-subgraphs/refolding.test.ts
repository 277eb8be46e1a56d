// Rows that an earlier release stored with an older fold are folded again, by several replicas at
// once; also those that it writes while both releases run.
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { afterEach, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { FOLD_VERSION } from "../../../kit/input/fold.ts";
import { PrismaClient as Events } from "../../../subgraphs/events/generated/prisma/client.ts";
import { refoldEvents } from "../../../subgraphs/events/planning/events/jobs.ts";
import { listEvents } from "../../../subgraphs/events/planning/listing/store.ts";
import { PrismaClient as Matching } from "../../../subgraphs/matching/generated/prisma/client.ts";
import { refoldTopics } from "../../../subgraphs/matching/people/jobs.ts";
import { PrismaClient as Users } from "../../../subgraphs/users/generated/prisma/client.ts";
import { refoldPeople } from "../../../subgraphs/users/people/profiles/jobs.ts";
import { listUsers } from "../../../subgraphs/users/people/profiles/store.ts";
import { type OlderDatabase, openOlderDatabase } from "../../kit/older-database.ts";

const MIGRATION = "20261129110000";
const MANY = 700;
const BATCH = 60;

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

async function anOlder(subgraph: string): Promise<OlderDatabase> {
  const older = await openOlderDatabase(subgraph, MIGRATION);
  closings.push(older.close);
  return older;
}

function adapterOf({ url, schema }: OlderDatabase): PrismaPg {
  const pool = new pg.Pool({ connectionString: url, max: 5 });
  closings.push(() => pool.end());
  return new PrismaPg(pool, { schema });
}

/** Folds as three replicas at once. Returns the total number of rows. */
async function byReplicas(refold: (limit: number) => Promise<number>): Promise<number> {
  const replica = async () => {
    let rows = 0;
    for (let found = 1; found > 0; rows += found) found = await refold(BATCH);
    return rows;
  };
  const folded = await Promise.all([replica(), replica(), replica()]);
  return folded.reduce((sum, rows) => sum + rows);
}

describe("people", () => {
  const insert = `insert into person (id, display_name, name_key, search_text, created_at,
      languages, skills, interests, intents)
    values ($1, $2, lower($2), lower($2), now(), '{}', '{}', '{}', '{}')`;

  test("are found by their own words, and no longer by the words of the older fold", async () => {
    const older = await anOlder("users");
    const ids = Array.from({ length: 4 }, newId);
    const names = ["कला", "कल", "Œuvre Zürich", "ガラス"];
    for (const [at, id] of ids.entries()) await older.sql(insert, [id, names[at]]);
    await older.sql(
      `insert into person (id, display_name, name_key, search_text, created_at,
         languages, skills, interests, intents)
       select gen_random_uuid(), 'Crowd', 'crowd', 'crowd', now(), '{}', '{}', '{}', '{}'
       from generate_series(1, $1)`,
      [MANY],
    );
    await older.upgrade();
    const database = new Users({ adapter: adapterOf(older) });
    const found = async (search: string) => {
      const listing = { search, unblockedFor: null, standings: null };
      const page = await listUsers(database, listing, { limit: 10, after: null });
      return page.map(({ displayName }) => displayName);
    };
    expect(await byReplicas((limit) => refoldPeople(database, limit))).toBe(MANY + 4);
    expect(await refoldPeople(database, BATCH)).toBe(0);
    expect(await found("zurich oeuvre")).toEqual(["Œuvre Zürich"]);
    expect(await found("कला")).toEqual(["कला"]);
    expect(await found("カラス")).toEqual([]);

    // The earlier release changes a profile, with its own fold.
    await older.sql(`update person set headline = $2, search_text = 'x' where id = $1`, [
      ids[3],
      "Łódź",
    ]);
    await older.sql(`update person set version = version + 1`);
    expect(await refoldPeople(database, BATCH)).toBe(1);
    expect(await found("lodz")).toEqual(["ガラス"]);
  });
});

describe("events", () => {
  const insert = `insert into event (id, organizer_id, title, venue, starts_at, ends_at, time_zone,
      status, capacity, has_waitlist, tags, created_at)
    values ($1, $1, $2, $3, now(), now() + interval '1 day', 'UTC', 'PUBLISHED', 1, false, $4, now())`;

  test("are found by words and tags, also those that the earlier release adds meanwhile", async () => {
    const older = await anOlder("events");
    const [first, second] = [newId(), newId()];
    await older.sql(insert, [first, "Une œuvre", "Café Zürich", ["kübernetes"]]);
    await older.upgrade();
    const database = new Events({ adapter: adapterOf(older) });
    const found = async (search: string | null, tags: string[] = [], more = {}) => {
      const endsAfter = new Date();
      const others = { format: null, hasFreeSeats: null, statuses: ["PUBLISHED" as const] };
      const nothing = {
        daysMax: 30,
        startsBefore: null,
        organizerId: null,
        place: null,
        ...others,
      };
      const listing = { ...nothing, endsAfter, search, tags, ...more };
      const page = await listEvents(database, listing, { limit: 10, after: null });
      return page.map(({ id }) => id);
    };
    expect(await byReplicas((limit) => refoldEvents(database, limit))).toBe(1);
    expect(await found("zurich oeuvre kub")).toEqual([first]);
    expect(await found(null, [], { place: "zurich" })).toEqual([first]);
    expect(await found(null, [], { place: "oeuvre" })).toEqual([]);
    expect(await found(null, ["Kubernetes"])).toEqual([first]);

    await older.sql(insert, [second, "Beside", "Łódź", ["straße"]]);
    expect(await refoldEvents(database, BATCH)).toBe(1);
    expect(await found("lodz")).toEqual([second]);
    expect(await found(null, [], { place: "lodz" })).toEqual([second]);
    expect(await found(null, ["STRASSE"])).toEqual([second]);

    await older.sql(`update event set seats_taken = 1`);
    expect(await refoldEvents(database, BATCH)).toBe(0);
    await older.sql(`update event set venue = 'Ærø' where id = $1`, [first]);
    expect(await refoldEvents(database, BATCH)).toBe(1);
    expect(await found("aero")).toEqual([first]);
    expect(await found(null, [], { place: "zurich" })).toEqual([]);
  });
});

describe("topics", () => {
  test("that the older fold merged are separated and counted again", async () => {
    const older = await anOlder("matching");
    const [ada, bob] = [newId(), newId()];
    for (const [id, skill] of [
      [ada, "ガラス"],
      [bob, "カラス"],
    ]) {
      await older.sql(
        `insert into person (id, version, skills, location, place) values ($1, 1, $2, 'Łódź', 'łodz')`,
        [id, [skill]],
      );
      await older.sql(`insert into person_topic values ($1, 'SKILL', 'カラス', $2)`, [id, skill]);
    }
    await older.sql(`insert into topic_use values ('SKILL', 'カラス', 2)`);
    await older.upgrade();
    const database = new Matching({ adapter: adapterOf(older) });
    expect(await byReplicas((limit) => refoldTopics(database, limit))).toBe(2);
    const topics = `select person_id, topic, people from person_topic join topic_use
      using (kind, topic) order by topic`;
    expect(await older.sql(topics)).toEqual([
      { person_id: bob, topic: "カラス", people: 1 },
      { person_id: ada, topic: "ガラス", people: 1 },
    ]);
    const folded = { place: "lodz", fold_version: FOLD_VERSION };
    expect(await older.sql(`select place, fold_version from person`)).toEqual([folded, folded]);

    await older.sql(`update person set version = 2, skills = '{Falconry}' where id = $1`, [ada]);
    expect(await refoldTopics(database, BATCH)).toBe(1);
    expect(await older.sql(`select topic from person_topic where person_id = $1`, [ada])).toEqual([
      { topic: "falconry" },
    ]);
  });
});
