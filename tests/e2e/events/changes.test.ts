// Changing events through the router: who may, what is refused, and that of two editors at once
// nobody overwrites the other.
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { anEvent, aTokenHolder, tokenHolders } from "../../kit/stories.ts";

const UPDATE = operation("UpdateEvent");
const DESCRIPTION = "query($id: ID!) { event(id: $id) { description } }";
interface Updated {
  readonly updateEvent: {
    readonly __typename: string;
    readonly event?: { readonly version: number; readonly [field: string]: unknown };
  };
}

async function update(as: string, eventId: string, change: object, router = 0) {
  const input = { eventId, ...change };
  return (await dataOf<Updated>(UPDATE, { input }, { as, router })).updateEvent;
}

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

/** Moves an event in time, as time would. */
async function shift(eventId: string, startsIn: string, endsIn: string): Promise<void> {
  await withDatabase("events", (client) =>
    client.query(
      `update event set starts_at = now() + $2::interval, ends_at = now() + $3::interval
       where id = $1`,
      [eventId, startsIn, endsIn],
    ),
  );
}

async function factsOf(eventId: string) {
  const { rows } = await withDatabase("events", (client) =>
    client.query<{ version: number; payload: { title: string; status: string } }>(
      `select version, payload from outbox where topic = 'events.event.changed.v1' and key = $1
       order by id`,
      [eventId],
    ),
  );
  return rows;
}

describe("a changed event", () => {
  test("has every new field, and empties what is null", async () => {
    const { id, token } = await aTokenHolder();
    const eventId = await anEvent(token, { description: "Old", venue: "Old room" });
    const change = {
      title: "New",
      description: null,
      venue: "New room",
      startsAt: inHours(48),
      endsAt: inHours(50),
      timeZone: "asia/calcutta",
      capacity: 20,
      hasWaitlist: false,
      tags: ["Tea", "tea", "talk"],
      onlineUrl: "https://meet.example.org/1",
      language: "de-ch",
      registrationOpensAt: inHours(-1),
      registrationClosesAt: inHours(47),
      cancellationClosesAt: inHours(40),
    };
    const { event } = await update(token, eventId, change);
    expect(event).toMatchObject({
      ...change,
      timeZone: "Asia/Kolkata",
      tags: ["tea", "talk"],
      language: "de-CH",
      version: 3,
    });
    const search = operation("FindEvents");
    const { events } = await dataOf<{ events: { edges: unknown[] } }>(search, {
      filter: { search: "new room talk", organizerId: id },
    });
    expect(events.edges).toHaveLength(1);
    expect((await factsOf(eventId)).map(({ version }) => version)).toEqual([2, 3]);
  });

  test("that is a draft is told to no other subgraph", async () => {
    const { token } = await aTokenHolder();
    const eventId = await anEvent(token, { isDraft: true });
    await update(token, eventId, { title: "Secret" });
    expect(await factsOf(eventId)).toEqual([]);
  });

  test("stays as it is, with its version, when nothing differs", async () => {
    const { token } = await aTokenHolder();
    const eventId = await anEvent(token, { title: "Same", tags: ["a", "b"] });
    const first = await update(token, eventId, { title: " Same ", tags: ["A", "b"] });
    expect(first).toMatchObject({ __typename: "UpdateEventSuccess", event: { version: 2 } });
    expect(await factsOf(eventId)).toHaveLength(1);
  });

  test("is not found by those who do not manage it", async () => {
    const [organizer, stranger] = await tokenHolders(2);
    const eventId = await anEvent(organizer.token);
    const input = { eventId, title: "Mine" };
    expect(await refusalOf(UPDATE, { input }, { as: stranger.token })).toMatchObject({
      code: "NOT_FOUND",
      field: "input.eventId",
    });
  });

  test.each([
    ["an emptied title", { title: null }, "input.title", null],
    ["an emptied capacity", { capacity: null }, "input.capacity", null],
    ["a start in the past", { startsAt: "2020-01-01T00:00:00.000Z" }, "input.startsAt"],
    ["a link without encryption", { onlineUrl: "http://example.org" }, "input.onlineUrl"],
    ["a link with a password", { onlineUrl: "https://a:b@example.org" }, "input.onlineUrl"],
    ["an unknown zone", { timeZone: "Mars/Base" }, "input.timeZone", "Mars/Base"],
    ["an offset as a zone", { timeZone: "+01:00" }, "input.timeZone", "+01:00"],
    ["an unknown language", { language: "x" }, "input.language", "x"],
    ["an opening after the end", { registrationOpensAt: inHours(99) }, "input.registrationOpensAt"],
    ["a late closing", { registrationClosesAt: inHours(99) }, "input.registrationClosesAt"],
    ["a late deadline", { cancellationClosesAt: inHours(31) }, "input.cancellationClosesAt"],
  ])("names %s in its error, and is not changed", async (_what, wrong, field, received?) => {
    const { token } = await aTokenHolder();
    const eventId = await anEvent(token);
    const input = { eventId, description: "Changed", ...wrong };
    const refusal = await refusalOf(UPDATE, { input }, { as: token });
    expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", field });
    if (received !== undefined) expect(refusal.received).toBe(received);
    expect(await dataOf(DESCRIPTION, { id: eventId })).toEqual({ event: { description: null } });
  });

  test("names the time that no longer fits when its start moves", async () => {
    const { token } = await aTokenHolder();
    const eventId = await anEvent(token, { startsInMs: 72 * 3_600_000 });
    const deadline = inHours(71);
    await update(token, eventId, { cancellationClosesAt: deadline });
    const input = { eventId, startsAt: inHours(48) };
    expect(await refusalOf(UPDATE, { input }, { as: token })).toMatchObject({
      field: "input.cancellationClosesAt",
      received: deadline,
    });
  });

  test("that runs keeps its start, and one that is over all but its description", async () => {
    const { token } = await aTokenHolder();
    const eventId = await anEvent(token);
    await shift(eventId, "-1 hour", "1 hour");
    expect(await update(token, eventId, { startsAt: inHours(2) })).toMatchObject({
      __typename: "EventStartedProblem",
      startedAt: expect.any(String),
    });
    expect(await update(token, eventId, { endsAt: inHours(2), venue: "Garden" })).toMatchObject({
      event: { venue: "Garden" },
    });
    await shift(eventId, "-2 hours", "-1 hour");
    expect(await update(token, eventId, { title: "Past" })).toMatchObject({
      __typename: "EventEndedProblem",
    });
    expect(await update(token, eventId, { description: "It was good." })).toMatchObject({
      event: { description: "It was good." },
    });
  });
});

describe("two editors at once", () => {
  test("do not overwrite each other: one is told, with the event as it is", async () => {
    const { token } = await aTokenHolder();
    const eventId = await anEvent(token);
    const edits = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        update(token, eventId, { title: `Title ${at}`, expectedVersion: 2 }, at % 2),
      ),
    );
    const done = edits.filter(({ __typename }) => __typename === "UpdateEventSuccess");
    expect(done).toHaveLength(1);
    for (const edit of edits.filter((each) => !done.includes(each))) {
      expect(edit).toMatchObject({ __typename: "EventVersionProblem", event: done[0]?.event });
    }
  });

  test("without an expected version, the last one wins in every field (control)", async () => {
    const { token } = await aTokenHolder();
    const eventId = await anEvent(token);
    const edits = await Promise.all(
      [0, 1].map((at) => update(token, eventId, { title: `Title ${at}` }, at)),
    );
    expect(edits.map(({ event }) => event?.version).sort()).toEqual([3, 4]);
  });

  test("a change that is made already succeeds again, whatever version it expects", async () => {
    const { token } = await aTokenHolder();
    const eventId = await anEvent(token);
    const change = { title: "Once", expectedVersion: 2 };
    const first = await update(token, eventId, change);
    expect(await update(token, eventId, change)).toEqual(first);
  });
});
