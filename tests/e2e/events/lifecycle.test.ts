// The ends of an event's life through the router: cancelled for good, taken back, deleted.
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf, type Result, refusalOf, resultOf } from "../../kit/client.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import { connect } from "../../kit/socket.ts";
import {
  anEvent,
  aRegistration,
  aTokenHolder,
  cancelRegistration,
  register,
  tokenHolders,
} from "../../kit/stories.ts";

const CANCEL = operation("CancelEvent");
const UNPUBLISH = operation("UnpublishEvent");
const DELETE = operation("DeleteEvent");
const PAGE = operation("EventPage");
/** The fields of an event for people who are not signed in. */
const PUBLIC = `query($id: ID!) {
  event(id: $id) { status seatsTaken waitlistLength cancellation { reason } } }`;
const FIND = operation("FindEvents");
const UPDATE = operation("UpdateEvent");
const PUBLISH = operation("PublishEvent");
const MINE = operation("ViewerRegistrationUpdated");

interface Found {
  readonly events: { readonly edges: readonly { readonly node: { readonly id: string } }[] };
}

async function listed(filter: object, as?: string): Promise<string[]> {
  const { events } = await dataOf<Found>(FIND, { filter }, { as });
  return events.edges.map(({ node }) => node.id);
}

describe("a cancelled event", () => {
  test("shows its reason to all, tells everybody, and takes no change any more", async () => {
    const [organizer, ada, bob] = await tokenHolders(3);
    const eventId = await anEvent(organizer.token, { capacity: 1 });
    const seat = await aRegistration(ada.token, eventId);
    const waiting = await aRegistration(bob.token, eventId);
    const socket = await connect({ as: bob.token });
    const id = socket.subscribe(MINE, { after: 1 });
    const input = { eventId, reason: " The hall is flooded. " };
    const first = await resultOf(CANCEL, input, organizer.token);
    expect(first).toMatchObject({
      event: { status: "CANCELLED", cancellation: { reason: "The hall is flooded." } },
    });
    expect(await socket.event(id)).toMatchObject({
      viewerRegistrationUpdated: {
        eventChanges: ["CANCELLED"],
        registration: { id: waiting.id, status: "WAITLISTED" },
        event: { status: "CANCELLED", cancellation: { reason: "The hall is flooded." } },
      },
    });
    socket.close();
    expect(await resultOf(CANCEL, { eventId, reason: "Other" }, organizer.token, 1)).toEqual(first);
    const problem = { __typename: "EventCancelledProblem", cancelledAt: expect.any(String) };
    expect(await register((await aTokenHolder()).token, eventId)).toMatchObject(problem);
    expect(await cancelRegistration(ada.token, seat.id)).toBe("EventCancelledProblem");
    expect(await cancelRegistration(organizer.token, waiting.id)).toBe("EventCancelledProblem");
    const refused: readonly [string, object][] = [
      [UPDATE, { eventId, description: "x" }],
      [UPDATE, { eventId, capacity: 5 }],
      [PUBLISH, { eventId }],
      [UNPUBLISH, { eventId }],
      [DELETE, { eventId }],
    ];
    for (const [document, refusedInput] of refused) {
      expect(await resultOf(document, refusedInput, organizer.token)).toMatchObject(problem);
    }
    const cancellation = { reason: "The hall is flooded." };
    expect(await dataOf(PUBLIC, { id: eventId })).toEqual({
      event: { status: "CANCELLED", seatsTaken: 1, waitlistLength: 1, cancellation },
    });
  });

  test("is listed only when it is asked for", async () => {
    const organizer = await aTokenHolder();
    const organizerId = organizer.id;
    const kept = await anEvent(organizer.token);
    const cancelled = await anEvent(organizer.token);
    const draft = await anEvent(organizer.token, { isDraft: true });
    await resultOf(CANCEL, { eventId: cancelled, reason: "No" }, organizer.token);
    const all = { organizerId, statuses: ["DRAFT", "PUBLISHED", "CANCELLED"] };
    expect(await listed({ organizerId })).toEqual([kept]);
    expect(await listed({ organizerId }, organizer.token)).toEqual([kept, draft]);
    expect(await listed({ organizerId, statuses: ["CANCELLED"] })).toEqual([cancelled]);
    expect(await listed(all)).toEqual([kept, cancelled]);
    expect(await listed(all, organizer.token)).toEqual([kept, cancelled, draft]);
    expect(await listed({ statuses: ["DRAFT"] }, organizer.token)).toEqual([]);
  });

  test("is told to other subgraphs: matching names it no longer as shared", async () => {
    const organizer = await aTokenHolder();
    const eventId = await anEvent(organizer.token);
    const known = "select from event where id = $1 and status = $2";
    await untilRows("matching", known, [eventId, "PUBLISHED"], 1);
    await resultOf(CANCEL, { eventId, reason: "No" }, organizer.token);
    await untilRows("matching", known, [eventId, "CANCELLED"], 1);
  });

  test("is not made of a draft, nor of another organizer's event", async () => {
    const [organizer, stranger] = await tokenHolders(2);
    const eventId = await anEvent(organizer.token, { isDraft: true });
    const input = { eventId, reason: "No" };
    expect(await resultOf(CANCEL, input, organizer.token)).toMatchObject({
      __typename: "EventNotPublishedProblem",
    });
    expect(await refusalOf(CANCEL, { input }, { as: stranger.token })).toMatchObject({
      code: "NOT_FOUND",
    });
    expect(
      await refusalOf(CANCEL, { input: { eventId, reason: " " } }, { as: organizer.token }),
    ).toMatchObject({ field: "input.reason" });
  });
});

describe("an event that is taken back", () => {
  test("is a draft again, unless somebody is registered", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anEvent(organizer.token);
    const registration = await aRegistration(ada.token, eventId);
    expect(await resultOf(UNPUBLISH, { eventId }, organizer.token)).toMatchObject({
      __typename: "EventHasRegistrationsProblem",
      registrationCount: 1,
    });
    await cancelRegistration(ada.token, registration.id);
    expect(await resultOf(UNPUBLISH, { eventId }, organizer.token)).toMatchObject({
      event: { status: "DRAFT", version: 3 },
    });
    expect(await dataOf(PAGE, { id: eventId }, { as: ada.token })).toEqual({ event: null });
    await untilRows(
      "matching",
      "select from event where id = $1 and status = 'DRAFT'",
      [eventId],
      1,
    );
    const again = await resultOf(PUBLISH, { eventId }, organizer.token);
    expect(again).toMatchObject({ event: { status: "PUBLISHED" } });
  });

  test("is null in the history of those who once registered, whose stream goes on", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anEvent(organizer.token);
    const registration = await aRegistration(ada.token, eventId);
    await cancelRegistration(ada.token, registration.id);
    await resultOf(UNPUBLISH, { eventId }, organizer.token);
    await resultOf(DELETE, { eventId }, organizer.token);
    const socket = await connect({ as: ada.token });
    const id = socket.subscribe(MINE, { after: 0 });
    for (const status of ["CONFIRMED", "CANCELLED"]) {
      expect(await socket.event(id)).toMatchObject({
        viewerRegistrationUpdated: { registration: { status }, event: null },
      });
    }
    socket.close();
  });

  test("or registered for, never both: twenty at once over two replicas", async () => {
    for (let round = 0; round < 5; round += 1) {
      const [organizer, ...people] = await tokenHolders(11);
      const eventId = await anEvent(organizer.token);
      const attempts = people.map((person, at) =>
        ask<{ registerForEvent: Result | null }>(
          operation("RegisterForEvent"),
          { input: { eventId } },
          { as: person.token, router: at % 2 },
        ),
      );
      const [taken, ...answers] = await Promise.all([
        resultOf(UNPUBLISH, { eventId }, organizer.token, round % 2),
        ...attempts,
      ]);
      const registered = answers.filter(({ data }) => data?.registerForEvent);
      const isDraft = taken.__typename === "UnpublishEventSuccess";
      expect(registered.length === 0).toBe(isDraft);
    }
  }, 60_000);
});

describe("a deleted draft", () => {
  test("is gone with its stream, and a published event is not deleted", async () => {
    const organizer = await aTokenHolder();
    const eventId = await anEvent(organizer.token, { isDraft: true });
    await register(organizer.token, eventId);
    expect(await resultOf(DELETE, { eventId }, organizer.token)).toEqual({
      __typename: "DeleteEventSuccess",
      eventId,
    });
    expect(await dataOf(PAGE, { id: eventId }, { as: organizer.token })).toEqual({ event: null });
    const left = await withDatabase("events", (client) =>
      client.query(
        `select id from stream where id = $1
         union all select stream_id from stream_entry where stream_id = $1
         union all select id::text from registration where 'event:' || event_id = $1`,
        [`event:${eventId}`],
      ),
    );
    expect(left.rows).toEqual([]);
    expect(await refusalOf(DELETE, { input: { eventId } }, { as: organizer.token })).toMatchObject({
      code: "NOT_FOUND",
    });
    const published = await anEvent(organizer.token);
    expect(await resultOf(DELETE, { eventId: published }, organizer.token)).toMatchObject({
      __typename: "EventPublishedProblem",
    });
  });
});
