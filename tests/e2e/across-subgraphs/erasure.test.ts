// An erased account is gone from everywhere: of a person who wrote a word of their own into every
// column that can hold one, no word is in any database, in Redis or in a log afterwards.
import { beforeAll, expect, test, vi } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { letLeave, untilAllErased } from "../../kit/erasures.ts";
import { PERSONAL_COLUMNS } from "../../kit/personal-columns.ts";
import { aPerson } from "../../kit/stories.ts";
import { aCanary, type Canary, whereIs } from "./canaries.ts";

let canary: Canary;
let bystander: Canary;

/** Where all words of a person are. */
async function wordsOf({ stem, language }: Canary) {
  const [words, tags] = [await whereIs(stem), await whereIs(language)];
  const both = (name: keyof typeof words) => [...new Set([...words[name], ...tags[name]])].sort();
  return { columns: both("columns"), redis: both("redis"), logs: both("logs") };
}

/** The columns that hold texts of people, as `subgraph/table.column`. */
const ERASED = Object.entries(PERSONAL_COLUMNS).flatMap(([subgraph, columns]) =>
  Object.entries(columns)
    .filter(([, fate]) => fate === "erased")
    .map(([column]) => `${subgraph}/${column}`),
);

beforeAll(async () => {
  canary = await aCanary();
  bystander = await aCanary();
});

test("before the erasure, a word of the person is in every column that can hold one", async () => {
  const { columns, redis, logs } = await wordsOf(canary);
  expect(columns).toEqual(ERASED.toSorted());
  expect(redis.length).toBeGreaterThan(0);
  expect(logs).toEqual([]);
});

test("after the erasure, no word of the person is anywhere, and others have all of theirs", async () => {
  const { person, friend, stem } = canary;
  await dataOf(
    operation("DeleteAccount"),
    { input: { password: person.password } },
    { as: person.token },
  );
  await letLeave(person.id);
  await untilAllErased(person.id);
  // The relay empties Redis after the erasure, on its own.
  await vi.waitFor(
    async () => expect(await wordsOf(canary)).toEqual({ columns: [], redis: [], logs: [] }),
    { timeout: 20_000, interval: 500 },
  );
  const others = await wordsOf(bystander);
  expect(others.columns).toEqual(ERASED.toSorted());
  const reader = await aPerson();
  const read = await dataOf(
    "query($id: ID!) { user(id: $id) { displayName } }",
    { id: person.id },
    { as: reader.token },
  );
  expect(read).toEqual({ user: null });
  const inbox = await dataOf<object>(
    operation("Conversations"),
    { first: 10 },
    { as: friend.token },
  );
  expect(JSON.stringify(inbox)).not.toContain(stem);
});

test("what the person published for others stays, without the person", async () => {
  const { columns } = await whereIs(canary.published);
  expect(columns).toEqual([
    "users/notification.params",
    "events/event.search_text",
    "events/event.title",
    "events/outbox.payload",
  ]);
});
