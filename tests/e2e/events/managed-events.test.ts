// Guarantees about the list of the events that somebody manages: whose they are, the stages of
// their life, their order, pages and search.
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { anEvent, aPerson, type EventOptions, type Person } from "../../kit/stories.ts";
import { aPersonWho } from "../users/moderators.ts";

const MANAGED = operation("ManagedEvents");

interface Managed {
  readonly managedEvents: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly title: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

type Variables = Readonly<Record<string, unknown>>;

const pageOf = async ({ token }: Pick<Person, "token">, variables: Variables) =>
  (await dataOf<Managed>(MANAGED, variables, { as: token })).managedEvents;

/** The titles of a page of at most 100. */
async function titlesOf(person: Pick<Person, "token">, variables: Variables): Promise<string[]> {
  const { edges } = await pageOf(person, { first: 100, ...variables });
  return edges.map(({ node }) => node.title);
}

const HOUR_MS = 3_600_000;

/** Puts an event into the past, as if it had been published then. */
async function endAt(eventId: string, hoursAgo: number): Promise<void> {
  await withDatabase("events", (client) =>
    client.query(
      `update event set starts_at = now() - make_interval(hours => $2::int + 1),
         ends_at = now() - make_interval(hours => $2::int) where id = $1`,
      [eventId, hoursAgo],
    ),
  );
}

const titled = (olga: Person, title: string, options: EventOptions = {}) =>
  anEvent(olga.token, { title, ...options });

test("each stage has its events, in its order", async () => {
  const olga = await aPerson("Olga");
  await titled(olga, "later", { startsInMs: 9 * HOUR_MS });
  await titled(olga, "sooner", { startsInMs: 2 * HOUR_MS });
  await titled(olga, "draft of tomorrow", { isDraft: true, startsInMs: 24 * HOUR_MS });
  await titled(olga, "draft of next week", { isDraft: true, startsInMs: 168 * HOUR_MS });
  await endAt(await titled(olga, "of last week"), 168);
  await endAt(await titled(olga, "of yesterday"), 24);
  const input = { eventId: await titled(olga, "cancelled"), reason: "It rains." };
  await dataOf(operation("CancelEvent"), { input }, { as: olga.token });
  expect(await titlesOf(olga, { stage: "COMING" })).toEqual(["sooner", "later"]);
  expect(await titlesOf(olga, { stage: "DRAFT" })).toEqual([
    "draft of next week",
    "draft of tomorrow",
  ]);
  expect(await titlesOf(olga, { stage: "PAST" })).toEqual(["of yesterday", "of last week"]);
  expect(await titlesOf(olga, { stage: "CANCELLED" })).toEqual(["cancelled"]);
  expect(await titlesOf(olga, {})).toHaveLength(7);
});

describe("the list has", () => {
  test("what the viewer organizes or hosts, and of others nothing", async () => {
    const [olga, host, stranger] = [await aPerson("Olga"), await aPerson("Host"), await aPerson()];
    const eventId = await titled(olga, "hosted", { isDraft: true });
    await titled(olga, "not hosted", { isDraft: true });
    const input = { eventId, userId: host.id, rights: [] };
    await dataOf(operation("AddHost"), { input }, { as: olga.token });
    expect((await titlesOf(olga, {})).sort()).toEqual(["hosted", "not hosted"]);
    expect(await titlesOf(host, { stage: "DRAFT" })).toEqual(["hosted"]);
    expect(await titlesOf(stranger, {})).toEqual([]);
    const removed = { eventId, userId: host.id };
    await dataOf(operation("RemoveHost"), { input: removed }, { as: olga.token });
    expect(await titlesOf(host, {})).toEqual([]);
  });

  test("everybody's events, for an admin", async () => {
    const word = newId();
    const [olga, admin] = [await aPerson("Olga"), await aPersonWho("ADMIN")];
    await titled(olga, `draft ${word}`, { isDraft: true });
    await titled(olga, `published ${word}`);
    expect(await titlesOf(admin, { search: word })).toHaveLength(2);
    expect(await titlesOf(admin, { stage: "DRAFT", search: word })).toEqual([`draft ${word}`]);
  });

  test("nothing for nobody", async () => {
    const { data, errors } = await ask<Managed>(MANAGED, {});
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });
});

test.each(["COMING", "DRAFT"])(
  "pages of %s join without a hole and without repeats",
  async (stage) => {
    const olga = await aPerson("Olga");
    // Some begin at the same moment.
    const hours = [1, 2, 2, 2, 3, 3, 4];
    const isDraft = stage === "DRAFT";
    const startsInMs = (hour: number) => hour * HOUR_MS;
    for (const [at, hour] of hours.entries()) {
      await titled(olga, `${at}`, { isDraft, startsInMs: startsInMs(hour) });
    }
    const whole = await titlesOf(olga, { stage });
    const joined: string[] = [];
    let after: string | null = null;
    do {
      const page: Managed["managedEvents"] = await pageOf(olga, { stage, first: 2, after });
      joined.push(...page.edges.map(({ node }) => node.title));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(joined).toEqual(whole);
    expect(new Set(joined).size).toBe(hours.length);
  },
);

test("a search finds words in any order, and only at the stage", async () => {
  const olga = await aPerson("Olga");
  await titled(olga, "Café der Übersetzer", { isDraft: true });
  await titled(olga, "Übersetzen bei Kaffee");
  expect(await titlesOf(olga, { search: "ubers cafe" })).toEqual([]);
  expect(await titlesOf(olga, { search: "ubersetzer cafe" })).toEqual(["Café der Übersetzer"]);
  expect(await titlesOf(olga, { search: "ubersetz", stage: "COMING" })).toEqual([
    "Übersetzen bei Kaffee",
  ]);
  expect(await titlesOf(olga, { search: "!" })).toEqual([]);
});

test("a cursor of another list is refused, with what arrived", async () => {
  const olga = await aPerson("Olga");
  const { errors } = await ask(MANAGED, { after: "nonsense" }, { as: olga.token });
  expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
  expect(errors?.[0]?.message).toContain("after");
});
