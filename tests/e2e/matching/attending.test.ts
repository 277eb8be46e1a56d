// Guarantees about the matches of a person who come to an event: those whom both may see, the
// organizer first, in one statement for any number of events.
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { upsertStanding } from "../../../subgraphs/matching/standings/store.ts";
import { type Matching, openMatching } from "./harness.ts";
import { type Stories, storiesOf } from "./stories.ts";

let matching: Matching;
let the: Stories;
beforeAll(async () => {
  matching = await openMatching();
  the = storiesOf(matching);
});
afterAll(() => matching?.close());

/** Two people who have accepted each other. */
async function match(one: string, other: string): Promise<void> {
  await matching.sql(
    "insert into match (id, first_id, second_id, created_at) values ($1, $2, $3, now())",
    [newId(), ...[one, other].sort()],
  );
}

/** An event, with seats for these people. */
async function anEvent(people: readonly string[], status = "PUBLISHED"): Promise<string> {
  const id = newId();
  const event = "insert into event (id, version, status, starts_at) values ($1, 1, $2, now())";
  await matching.sql(event, [id, status]);
  for (const person of people) await register(person, id, "CONFIRMED");
  return id;
}

async function register(person: string, event: string, status: string, isHidden = false) {
  await matching.sql(
    `insert into registration (id, version, event_id, person_id, status, is_hidden)
     values ($1, 1, $2, $3, $4, $5)`,
    [newId(), event, person, status, isHidden],
  );
}

const ATTENDING = `query($of: [_Any!]!) { _entities(representations: $of) {
  ... on Event { viewerMatches { id } } } }`;

/** As the router asks: each event with its organizer. */
async function attending(viewer: string | null, ...events: [string, string?][]) {
  const of = events.map(([id, organizer = newId()]) => ({
    __typename: "Event",
    id,
    organizer: { __typename: "User", id: organizer },
  }));
  type Data = { _entities: { viewerMatches: { id: string }[] | null }[] };
  const { data } = await matching.ask<Data>(viewer, ATTENDING, { of });
  return {
    found: data?._entities.map(({ viewerMatches }) => viewerMatches?.map(({ id }) => id)),
  };
}

test("matches with seats are there, and neither strangers nor people without seats", async () => {
  const [ada, bob, cid, dora, eve] = [newId(), newId(), newId(), newId(), newId()];
  for (const other of [bob, cid, dora]) await match(ada, other);
  const event = await anEvent([ada, bob, eve]);
  await register(cid, event, "WAITLISTED");
  await register(dora, event, "CHECKED_IN");
  expect((await attending(ada, [event])).found).toEqual([[bob, dora].sort()]);
  expect((await attending(bob, [event])).found).toEqual([[ada]]);
  expect((await attending(eve, [event])).found).toEqual([[]]);
  // The router refuses those who are not signed in; nothing is told here either.
  expect((await attending(null, [event])).found).toEqual([[]]);
});

test("people who hide, block, are blocked, or are not active stay out", async () => {
  const [ada, bob, cid, dora, eve] = [newId(), newId(), newId(), newId(), newId()];
  for (const other of [bob, cid, dora, eve]) await match(ada, other);
  const event = await anEvent([cid, dora, eve]);
  await register(bob, event, "CONFIRMED", true);
  await the.block(ada, cid);
  await the.block(dora, ada);
  await matching.tell((tx) =>
    upsertStanding(tx, { personId: eve, version: 1, standing: "SUSPENDED" }),
  );
  expect((await attending(ada, [event])).found).toEqual([[]]);
  expect((await attending(cid, [event])).found).toEqual([[]]);
  await the.block(dora, ada, false);
  expect((await attending(ada, [event])).found).toEqual([[dora]]);
});

test("the organizer is first, with a seat or without, and only once", async () => {
  const [ada, bob, olga] = [newId(), newId(), newId()].sort() as [string, string, string];
  for (const other of [bob, olga]) await match(ada, other);
  const event = await anEvent([bob]);
  expect((await attending(ada, [event, olga])).found).toEqual([[olga, bob]]);
  await register(olga, event, "CONFIRMED", true);
  expect((await attending(ada, [event, olga])).found).toEqual([[olga, bob]]);
  expect((await attending(ada, [event, newId()])).found).toEqual([[bob]]);
});

test("a cancelled event, a draft and an unknown event have nobody", async () => {
  const [ada, bob] = [newId(), newId()];
  await match(ada, bob);
  const cancelled = await anEvent([bob], "CANCELLED");
  const draft = await anEvent([bob], "DRAFT");
  const { found } = await attending(ada, [cancelled, bob], [draft, bob], [newId(), bob], ["x"]);
  expect(found).toEqual([[], [], [], []]);
});

test("of many matches 20 are shown, and 8 events take one statement", async () => {
  const ada = newId();
  const others = Array.from({ length: 25 }, () => newId());
  for (const other of others) await match(ada, other);
  const events: [string][] = [];
  for (let at = 0; at < 8; at += 1) events.push([await anEvent(others)]);
  matching.statements();
  const { found } = await attending(ada, ...events);
  expect(matching.statements()).toHaveLength(1);
  expect(found?.map((people) => people?.length)).toEqual(Array(8).fill(20));
});
