// Registering through the router: capacity, waitlist, promotion, retries and permissions.
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf, refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import {
  anEvent,
  aPerson,
  aRegistration,
  aTokenHolder,
  cancelRegistration,
  register,
  tokenHolders,
} from "../../kit/stories.ts";

const REGISTER = operation("RegisterForEvent");
const CANCEL = operation("CancelRegistration");

const SEATS = `query($id: ID!) { event(id: $id) { seatsTaken seatsLeft waitlistLength } }`;

describe("seats", () => {
  test("are given while any are left; later registrations join the waitlist in order", async () => {
    const [organizer, ada, bob, cem, dan] = await tokenHolders(5);
    const eventId = await anEvent(organizer.token, { capacity: 2 });
    const first = await aRegistration(ada.token, eventId, { partySize: 2 });
    expect(first).toMatchObject({ status: "CONFIRMED", waitlistPosition: null });
    const waiting = [];
    for (const person of [bob, cem, dan]) waiting.push(await register(person.token, eventId));
    expect(waiting.map((each) => each.registration)).toMatchObject([
      { status: "WAITLISTED", waitlistPosition: 1 },
      { status: "WAITLISTED", waitlistPosition: 2 },
      { status: "WAITLISTED", waitlistPosition: 3 },
    ]);
    await cancelRegistration(ada.token, first.id);
    const statuses = await Promise.all(
      [ada, bob, cem, dan].map((person) =>
        dataOf(
          `query($id: ID!) { event(id: $id) { viewerRegistration { status waitlistPosition } } }`,
          { id: eventId },
          { as: person.token },
        ),
      ),
    );
    expect(statuses).toMatchObject([
      { event: { viewerRegistration: { status: "CANCELLED" } } },
      { event: { viewerRegistration: { status: "CONFIRMED" } } },
      { event: { viewerRegistration: { status: "CONFIRMED" } } },
      { event: { viewerRegistration: { status: "WAITLISTED", waitlistPosition: 1 } } },
    ]);
    expect(await dataOf(SEATS, { id: eventId })).toEqual({
      event: { seatsTaken: 2, seatsLeft: 0, waitlistLength: 1 },
    });
  });

  test("do not go past the waitlist in strict order, even to a small party that would fit", async () => {
    const [organizer, ada, bob, cem] = await tokenHolders(4);
    const eventId = await anEvent(organizer.token, { capacity: 3, passesMax: 0 });
    await register(ada.token, eventId, { partySize: 2 });
    await register(bob.token, eventId, { partySize: 2 });
    const registration = await aRegistration(cem.token, eventId, { partySize: 1 });
    expect(registration).toMatchObject({ status: "WAITLISTED", waitlistPosition: 2 });
  });

  test("go past a party that does not fit three times, and then are kept for it", async () => {
    const [organizer, ada, ...people] = await tokenHolders(6);
    const eventId = await anEvent(organizer.token, { capacity: 10 });
    const big = await tokenHolders(1);
    await register(ada.token, eventId);
    const waiting = await aRegistration(big[0].token, eventId, { partySize: 10 });
    expect(waiting).toMatchObject({ status: "WAITLISTED", waitlistPosition: 1 });
    const states = [];
    for (const person of people) states.push((await aRegistration(person.token, eventId)).status);
    expect(states).toEqual(["CONFIRMED", "CONFIRMED", "CONFIRMED", "WAITLISTED"]);
    await cancelRegistration(big[0].token, waiting.id);
    const latest = await register(people[3]?.token ?? "", eventId);
    expect(latest.registration).toMatchObject({ status: "CONFIRMED" });
  });

  test("that ran out without a waitlist are a problem with the facts of the event", async () => {
    const [organizer, ada, bob] = await tokenHolders(3);
    const eventId = await anEvent(organizer.token, { capacity: 1, hasWaitlist: false });
    await register(ada.token, eventId);
    expect(await register(bob.token, eventId)).toMatchObject({
      __typename: "EventFullProblem",
      capacity: 1,
      seatsLeft: 0,
    });
    expect(await register(bob.token, eventId, { partySize: 2 })).toMatchObject({
      __typename: "PartyTooLargeProblem",
      capacity: 1,
      partySizeMax: 10,
    });
    const groups = await anEvent(organizer.token, { capacity: 30, partySizeMax: 20 });
    expect(await register(ada.token, groups, { partySize: 21 })).toMatchObject({
      __typename: "PartyTooLargeProblem",
      capacity: 30,
      partySizeMax: 20,
    });
    expect(await aRegistration(ada.token, groups, { partySize: 20 })).toMatchObject({
      status: "CONFIRMED",
    });
  });
});

describe("a retry", () => {
  test("with the same key returns the same registration, also when many arrive at once", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anEvent(organizer.token);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        register(ada.token, eventId, { idempotencyKey: "once" }, at % 2),
      ),
    );
    expect(new Set(answers.map((each) => each.registration?.id)).size).toBe(1);
    expect(await dataOf(SEATS, { id: eventId })).toMatchObject({ event: { seatsTaken: 1 } });
  });

  test("with the same key for another request is a conflict", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anEvent(organizer.token);
    await register(ada.token, eventId, { idempotencyKey: "k", partySize: 1 });
    expect(await register(ada.token, eventId, { idempotencyKey: "k", partySize: 2 })).toMatchObject(
      {
        __typename: "IdempotencyConflictProblem",
      },
    );
  });

  test("without a key returns the active registration", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anEvent(organizer.token);
    const registration = await aRegistration(ada.token, eventId);
    expect(await register(ada.token, eventId)).toMatchObject({
      __typename: "AlreadyRegisteredProblem",
      registration: { id: registration.id },
    });
  });
});

describe("cancelling", () => {
  test("twice changes nothing the second time, and a new registration goes to the end", async () => {
    const [organizer, ada, bob] = await tokenHolders(3);
    const eventId = await anEvent(organizer.token, { capacity: 1 });
    const registration = await aRegistration(ada.token, eventId);
    await register(bob.token, eventId);
    await cancelRegistration(ada.token, registration.id);
    await cancelRegistration(ada.token, registration.id);
    expect(await dataOf(SEATS, { id: eventId })).toEqual({
      event: { seatsTaken: 1, seatsLeft: 0, waitlistLength: 0 },
    });
    const again = await aRegistration(ada.token, eventId);
    expect(again).toMatchObject({ status: "WAITLISTED", waitlistPosition: 1 });
    expect(again.id).not.toBe(registration.id);
  });

  test("by the organizer is final, but after cancelling oneself a person registers again", async () => {
    const [ada, olga] = await Promise.all([aPerson(), aPerson()]);
    const eventId = await anEvent(olga.token);
    const own = await aRegistration(ada.token, eventId);
    await cancelRegistration(ada.token, own.id);
    const again = await aRegistration(ada.token, eventId);
    await cancelRegistration(olga.token, again.id);
    expect(await register(ada.token, eventId)).toEqual({
      __typename: "NotAdmittedProblem",
      reason: "You cannot register for this event.",
    });
    expect((await register(ada.token, await anEvent(olga.token))).__typename).toBe(
      "RegisterForEventSuccess",
    );
  });

  test("is for the person and the organizer: for others the registration does not exist", async () => {
    const [organizer, ada, bob] = await tokenHolders(3);
    const eventId = await anEvent(organizer.token);
    const registration = await aRegistration(ada.token, eventId);
    const input = { registrationId: registration.id };
    const unknown = { registrationId: "00000000-0000-7000-8000-000000000000" };
    const refused = await refusalOf(CANCEL, { input }, { as: bob.token });
    expect(refused).toMatchObject({ code: "NOT_FOUND", received: input.registrationId });
    expect(Object.keys(refused)).toEqual(
      Object.keys(await refusalOf(CANCEL, { input: unknown }, { as: bob.token })),
    );
    expect(await dataOf(CANCEL, { input }, { as: organizer.token })).toMatchObject({
      cancelRegistration: { registration: { status: "CANCELLED", cancelledBy: "ORGANIZER" } },
    });
  });
});

describe("bad input", () => {
  test.each([
    ["an unknown event", { eventId: "nonsense" }, { code: "NOT_FOUND", field: "input.eventId" }],
    ["a party of none", { partySize: 0 }, { code: "BAD_USER_INPUT", field: "input.partySize" }],
    ["a party of a crowd", { partySize: 101 }, { code: "BAD_USER_INPUT", received: 101 }],
    [
      "an empty key",
      { idempotencyKey: "" },
      { code: "BAD_USER_INPUT", field: "input.idempotencyKey" },
    ],
    ["an enormous key", { idempotencyKey: "k".repeat(5_000) }, { field: "input.idempotencyKey" }],
  ])("%s is refused and changes nothing", async (_what, wrong, refusal) => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anEvent(organizer.token);
    const input = { eventId, ...wrong };
    expect(await refusalOf(REGISTER, { input }, { as: ada.token })).toMatchObject(refusal);
    const { rows } = await withDatabase("events", (client) =>
      client.query("select from registration where attendee_id = $1", [ada.id]),
    );
    expect(rows).toHaveLength(0);
  });

  test("registering anonymously or for another's draft is refused", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anEvent(organizer.token, { isDraft: true });
    const input = { eventId };
    expect(await refusalOf(REGISTER, { input })).toMatchObject({ code: "UNAUTHENTICATED" });
    expect(await refusalOf(REGISTER, { input }, { as: ada.token })).toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("a malformed token is refused before anything runs", async () => {
    for (const as of ["nonsense", "a.b.c", `${(await aTokenHolder()).token}x`]) {
      const answer = await ask(`{ __typename }`, {}, { as });
      expect(answer).toMatchObject({
        status: 401,
        errors: [{ extensions: { code: "UNAUTHENTICATED" } }],
      });
      expect(answer.data).toBeUndefined();
    }
  });
});

test("a past event accepts neither registrations nor cancellations", async () => {
  const [organizer, ada, bob] = await tokenHolders(3);
  const eventId = await anEvent(organizer.token, { startsInMs: 400, durationMs: 600 });
  const registration = await aRegistration(ada.token, eventId);
  const isOver = `query($id: ID!) { events(filter: { organizerId: $id }) { edges { node { id } } } }`;
  await expect
    .poll(() => dataOf(isOver, { id: organizer.id }), { timeout: 5_000 })
    .toEqual({ events: { edges: [] } });
  expect(await register(bob.token, eventId)).toMatchObject({ __typename: "EventEndedProblem" });
  expect(await cancelRegistration(ada.token, registration.id)).toBe("EventEndedProblem");
});
