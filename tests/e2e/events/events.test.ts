// Events through the router: drafts, publishing, listing, and invalid input, which changes nothing.
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf, refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { anEvent, aPerson, aTokenHolder, eventInput } from "../../kit/stories.ts";
import { accessToken } from "../../kit/tokens.ts";

const FIND = operation("FindEvents");
const PAGE = operation("EventPage");
const CREATE = operation("CreateEvent");
const PUBLISH = operation("PublishEvent");

interface Found {
  readonly events: {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const idsOf = (found: Found) => found.events.edges.map((edge) => edge.node.id);

describe("a draft", () => {
  test("exists only for its organizer and for admins", async () => {
    const organizer = await aPerson("Olga Organizer");
    const id = await anEvent(organizer.token, { isDraft: true });
    const admin = await accessToken({ userId: newId(), scopes: ["admin"] });
    const stranger = await aTokenHolder();
    for (const as of [organizer.token, admin]) {
      expect(await dataOf(PAGE, { id }, { as })).toMatchObject({ event: { id, status: "DRAFT" } });
    }
    for (const as of [stranger.token, undefined]) {
      expect(await dataOf(PAGE, { id }, { as })).toEqual({ event: null });
    }
    expect(
      await refusalOf(PUBLISH, { input: { eventId: id } }, { as: stranger.token }),
    ).toMatchObject({ code: "NOT_FOUND", field: "input.eventId", received: id });
  });

  test("is published once, and stays published", async () => {
    const { token } = await aTokenHolder();
    const eventId = await anEvent(token, { isDraft: true });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      expect(await dataOf(PUBLISH, { input: { eventId } }, { as: token })).toMatchObject({
        publishEvent: { event: { status: "PUBLISHED" } },
      });
    }
    const query = `query($id: ID!) { event(id: $id) { id createdAt } }`;
    const { event } = await dataOf<{ event: { createdAt: string } }>(query, { id: eventId });
    expect(event).toEqual({ id: eventId, createdAt: expect.any(String) });
    expect(Date.now() - Date.parse(event.createdAt)).toBeLessThan(60_000);
  });

  test("is listed only for its organizer", async () => {
    const { id: organizerId, token } = await aTokenHolder();
    const draft = await anEvent(token, { isDraft: true });
    const filter = { organizerId };
    expect(idsOf(await dataOf<Found>(FIND, { filter }, { as: token }))).toEqual([draft]);
    expect(idsOf(await dataOf<Found>(FIND, { filter }))).toEqual([]);
  });
});

describe("the list of events", () => {
  test("pages through all events, soonest first, without repeats or gaps", async () => {
    const { id: organizerId, token } = await aTokenHolder();
    const hours = [5, 1, 4, 2, 3, 1, 1];
    const made = await Promise.all(
      hours.map((hour) => anEvent(token, { startsInMs: hour * 3_600_000 })),
    );
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const found: Found = await dataOf<Found>(FIND, { first: 2, after, filter: { organizerId } });
      seen.push(...idsOf(found));
      after = found.events.pageInfo.hasNextPage ? found.events.pageInfo.endCursor : null;
    } while (after);
    expect(new Set(seen)).toEqual(new Set(made));
    expect(seen).toHaveLength(made.length);
    const hourOf = new Map(made.map((id, at) => [id, hours[at]]));
    expect(seen.map((id) => hourOf.get(id))).toEqual([...hours].sort((a, b) => a - b));
  });

  test("finds by words, tags and time, and has no wildcards", async () => {
    const { id: organizerId, token } = await aTokenHolder();
    const graph = await anEvent(token, {
      title: "100% GraphQL_night",
      tags: ["GraphQL", "Berlin"],
    });
    const other = await anEvent(token, { title: "Gardening", tags: ["berlin"], startsInMs: 9e8 });
    const find = async (filter: object) =>
      idsOf(await dataOf<Found>(FIND, { filter: { organizerId, ...filter } }));
    expect(await find({ search: "graphql" })).toEqual([graph]);
    expect(await find({ search: "100% g" })).toEqual([graph]);
    expect(await find({ search: "1_0" })).toEqual([]);
    expect(await find({ search: "%" })).toEqual([]);
    expect(await find({ tags: ["BERLIN"] })).toEqual([graph, other]);
    expect(await find({ tags: ["berlin", "graphql"] })).toEqual([graph]);
    expect(await find({ startsBefore: new Date(Date.now() + 8e8).toISOString() })).toEqual([graph]);
    expect(await find({ endsAfter: new Date(Date.now() + 8e8).toISOString() })).toEqual([other]);
    expect(await find({ organizerId: "nobody" })).toEqual([]);
  });

  test("searches title, description, venue and tags, in any order and any spelling", async () => {
    const { id: organizerId, token } = await aTokenHolder();
    const zurich = await anEvent(token, {
      title: "Une œuvre à lire",
      description: "Über C++ und ガラス",
      venue: "Café Zürich",
      tags: ["Straße"],
    });
    const other = await anEvent(token, { title: "कल", tags: ["カラス"], startsInMs: 9e8 });
    const find = async (filter: object) =>
      idsOf(await dataOf<Found>(FIND, { filter: { organizerId, ...filter } }));
    for (const search of [
      "Zurich",
      "zürich CAFÉ",
      "cafe zur",
      "oeuvre",
      "c++",
      "ガラス",
      "strasse oeuvre lire c",
    ]) {
      expect(await find({ search }), search).toEqual([zurich]);
    }
    for (const search of ["urich", "caf zurich", "zurich bern", "कला"]) {
      expect(await find({ search }), search).toEqual([]);
    }
    expect(await find({ search: "カラス" })).toEqual([other]);
    expect(await find({ tags: ["STRASSE"] })).toEqual([zurich]);
    expect(await find({ tags: ["ガラス"] })).toEqual([]);
  });

  test("keeps the first of two tags that differ only in case and accents", async () => {
    const { token } = await aTokenHolder();
    const id = await anEvent(token, { tags: ["Café", "cafe", "CAFÉ", " tea  time "] });
    const asked = "query($id: ID!) { event(id: $id) { tags } }";
    expect(await dataOf(asked, { id })).toEqual({ event: { tags: ["café", "tea time"] } });
  });

  test("refuses invalid page sizes and cursors", async () => {
    expect(await refusalOf(FIND, { first: 0 })).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "first",
    });
    expect(await refusalOf(FIND, { first: 101 })).toMatchObject({ field: "first", received: 101 });
    expect(await refusalOf(FIND, { first: -1 })).toMatchObject({ field: "first", received: -1 });
    const yearZero = ["0000-01-01T00:00:00.000Z", "01920000-0000-7000-8000-000000000000"];
    const forged = Buffer.from(JSON.stringify(yearZero)).toString("base64url");
    for (const after of ["nonsense", "bnVsbA", "", forged]) {
      expect(await refusalOf(FIND, { after })).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "after",
      });
    }
  });
});

describe("an event with bad input", () => {
  const year = (value: number) => new Date(Date.UTC(value, 1, 1)).toISOString();
  const mistakes: readonly [string, object, string, unknown][] = [
    ["an empty title", { title: " " }, "input.title", " "],
    [
      "a title of 100,000 letters",
      { title: "x".repeat(1e5) },
      "input.title",
      "a string of 100000 characters",
    ],
    ["a title with a NUL", { title: "a\0b" }, "input.title", "a\0b"],
    ["a negative capacity", { capacity: -5 }, "input.capacity", -5],
    ["no seats", { capacity: 0 }, "input.capacity", 0],
    ["too many seats", { capacity: 100_001 }, "input.capacity", 100_001],
    ["an unknown time zone", { timeZone: "Mars/Base" }, "input.timeZone", "Mars/Base"],
    ["times in the wrong order", { endsAt: year(2020) }, "input.endsAt", year(2020)],
    ["an end after a century", { endsAt: year(2130) }, "input.endsAt", year(2130)],
    [
      "a start in the past",
      { startsAt: year(2020), endsAt: year(2020) },
      "input.startsAt",
      year(2020),
    ],
    ["eleven tags", { tags: Array.from({ length: 11 }, String) }, "input.tags", "11 items"],
    ["an empty tag", { tags: ["ok", ""] }, "input.tags[1]", ""],
  ];

  test.each(mistakes)(
    "names %s in its error, and changes nothing",
    async (_what, wrong, field, received) => {
      const organizer = await aTokenHolder();
      const refusal = await refusalOf(
        CREATE,
        { input: { ...eventInput(), ...wrong } },
        { as: organizer.token },
      );
      expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", field, received });
      const { rows } = await withDatabase("events", (client) =>
        client.query("select from event where organizer_id = $1", [organizer.id]),
      );
      expect(rows).toHaveLength(0);
    },
  );

  test.each([
    ["a number for the title", { title: 5 }, "input.title"],
    ["a word for the capacity", { capacity: "many" }, "input.capacity"],
    ["no time", { startsAt: "tomorrow" }, "input.startsAt"],
    ["the year zero", { startsAt: "0000-01-01T00:00:00Z" }, "input.startsAt"],
    ["a field that does not exist", { organiser: "me" }, "organiser"],
  ])("fails validation for %s", async (_what, wrong, named) => {
    const { token } = await aTokenHolder();
    const answer = await ask(CREATE, { input: { ...eventInput(), ...wrong } }, { as: token });
    expect(answer.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect(answer.errors?.[0]?.message).toContain(named);
  });

  test("reports every mistake at once", async () => {
    const { token } = await aTokenHolder();
    const input = { ...eventInput(), title: "", capacity: 0, timeZone: "" };
    const { errors } = await ask(CREATE, { input }, { as: token });
    expect(errors?.[0]?.extensions.violations).toMatchObject([
      { field: "input.title" },
      { field: "input.timeZone" },
      { field: "input.capacity" },
    ]);
  });
});

test("only organizers create events", async () => {
  expect(await refusalOf(CREATE, { input: eventInput() })).toMatchObject({
    code: "UNAUTHENTICATED",
  });
  const as = await accessToken({ userId: newId(), scopes: ["registrations:write", "verified"] });
  expect(await refusalOf(CREATE, { input: eventInput() }, { as })).toMatchObject({
    code: "FORBIDDEN",
    scopes: [["events:write"]],
  });
});

test.each(["nonsense", "", "00000000-0000-7000-8000-000000000000", "x".repeat(5_000), "a\0b"])(
  "an unknown event is null, whatever its id looks like (%#)",
  async (id) => {
    const { token } = await aTokenHolder();
    const { data, errors = [] } = await ask(PAGE, { id }, { as: token });
    expect(data).toEqual({ event: null });
    expect(errors.every(({ extensions }) => extensions.code === "BAD_USER_INPUT")).toBe(true);
  },
);
