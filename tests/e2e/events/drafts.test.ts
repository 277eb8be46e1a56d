// Drafts that are made once for a key, and drafts like another event.
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { setBlock } from "../../kit/blocks.ts";
import { dataOf, refusalOf, resultOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import {
  anEvent,
  aRegistration,
  aTokenHolder,
  eventInput,
  namedPeople,
  type Person,
  questionsOf,
  tokenHolders,
} from "../../kit/stories.ts";
import { aTicketType, ticketTypesOf } from "../../kit/ticket-types.ts";

const DUPLICATE = operation("DuplicateEvent");
const PAGE = operation("EventPage");
const FIND = operation("FindEvents");
const PUBLISH = operation("PublishEvent");
const CREATE = operation("CreateEvent");
const QUESTIONS = operation("EventQuestions");
const HOSTS = operation("EventHosts");

describe("a duplicated event", () => {
  test("is a draft with everything but registrations, its times moved along", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const startsAt = new Date(Date.now() + 48 * 3_600_000);
    const times = {
      registrationClosesAt: new Date(startsAt.getTime() - 3_600_000).toISOString(),
      cancellationClosesAt: new Date(startsAt.getTime() - 7_200_000).toISOString(),
    };
    const input = {
      ...eventInput({ startsInMs: 48 * 3_600_000, title: "Monthly", tags: ["a"] }),
      startsAt: startsAt.toISOString(),
      timeZone: "UTC",
      ...times,
    };
    const made = await resultOf(CREATE, input, organizer.token);
    const { id: eventId } = made.event as { id: string };
    await resultOf(PUBLISH, { eventId }, organizer.token);
    await aRegistration(ada.token, eventId);
    const later = new Date(startsAt.getTime() + 28 * 86_400_000);
    const again = { eventId, startsAt: later.toISOString(), idempotencyKey: newId() };
    const copy = await resultOf(DUPLICATE, again, organizer.token);
    const by = (iso: string) => new Date(Date.parse(iso) + 28 * 86_400_000).toISOString();
    expect(copy).toMatchObject({
      event: {
        status: "DRAFT",
        title: "Monthly",
        startsAt: later.toISOString(),
        endsAt: by(input.endsAt),
        registrationClosesAt: by(times.registrationClosesAt),
        cancellationClosesAt: by(times.cancellationClosesAt),
      },
    });
    expect(await resultOf(DUPLICATE, again, organizer.token, 1)).toEqual(copy);
    const { id } = copy.event as { id: string };
    expect(await dataOf(PAGE, { id }, { as: organizer.token })).toMatchObject({
      event: { seatsTaken: 0, viewerRegistration: null, tags: ["a"] },
    });
    expect(await refusalOf(DUPLICATE, { input: again }, { as: ada.token })).toMatchObject({
      code: "NOT_FOUND",
    });
    const past = { eventId, startsAt: "2020-01-01T00:00:00.000Z" };
    expect(await refusalOf(DUPLICATE, { input: past }, { as: organizer.token })).toMatchObject({
      field: "input.startsAt",
    });
  });

  test("asks the same questions as its own, without the archived ones", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anEvent(organizer.token);
    const choice = { kind: "CHOICE", text: "Meal", options: ["Fish", "None"], isRequired: true };
    const [old = ""] = await questionsOf(organizer.token, eventId, [{ kind: "TEXT", text: "Old" }]);
    const answers = [{ questionId: old, text: "answered" }];
    await aRegistration(ada.token, eventId, { answers });
    const asked = [choice, { kind: "TEXT", text: "Allergies" }];
    const ids = await questionsOf(organizer.token, eventId, asked);
    const id = await duplicate(organizer.token, eventId);
    type Data = { event: { questions: readonly { readonly id: string }[] } };
    const { event } = await dataOf<Data>(QUESTIONS, { id }, { as: organizer.token });
    expect(event.questions).toMatchObject(asked);
    expect(ids.some((each) => event.questions.some((copy) => copy.id === each))).toBe(false);
  });

  test("has the same ticket types, of which the hidden ones have no code", async () => {
    const organizer = await aTokenHolder();
    const eventId = await anEvent(organizer.token, { capacity: 20 });
    const code = "friends";
    await aTicketType(organizer.token, eventId, { name: "Crew", quota: 5, isReserved: true });
    const price = { amount: 1_250, currency: "EUR" };
    await aTicketType(organizer.token, eventId, { name: "Guest", isHidden: true, code, price });
    const id = await duplicate(organizer.token, eventId);
    const copies = await ticketTypesOf(organizer.token, id);
    expect(copies).toMatchObject([
      { name: "Crew", quota: 5, seatsTaken: 0, seatsLeft: 5 },
      { name: "Guest", quota: null, seatsTaken: 0, seatsLeft: 15 },
    ]);
    await resultOf(PUBLISH, { eventId: id }, organizer.token);
    const ada = await aTokenHolder();
    expect(await ticketTypesOf(ada.token, eventId, code)).toHaveLength(2);
    expect(await ticketTypesOf(ada.token, id, code)).toHaveLength(1);
    const [, guest] = copies;
    const input = { ticketTypeId: guest?.id, code };
    await resultOf(operation("UpdateTicketType"), input, organizer.token);
    expect(await ticketTypesOf(ada.token, id, code)).toHaveLength(2);
  });

  test("has the hosts whom its organizer could add, with their rights", async () => {
    const [olga, bob, cara, dan] = await namedPeople(4);
    const eventId = await anEvent(olga.token);
    const rights = new Map([
      [bob, ["EDIT"]],
      [cara, ["CHECK_IN", "SEE_PEOPLE"]],
      [dan, ["CHECK_IN"]],
    ]);
    for (const [{ id: userId }, given] of rights) {
      await resultOf(operation("AddHost"), { eventId, userId, rights: given }, olga.token);
    }
    await setBlock("BlockUser", dan, bob);
    const shown = (...people: Person[]) => ({
      event: { hosts: people.map((each) => ({ rights: rights.get(each), user: { id: each.id } })) },
    });
    const own = await duplicate(olga.token, eventId);
    expect(await dataOf(HOSTS, { id: own }, { as: olga.token })).toMatchObject(
      shown(bob, cara, dan),
    );
    const ofBob = await duplicate(bob.token, eventId);
    expect(await dataOf(HOSTS, { id: ofBob }, { as: bob.token })).toMatchObject(shown(cara));
  });
});

/** Duplicates an event, in four weeks, and returns the id of the draft. */
async function duplicate(token: string, eventId: string): Promise<string> {
  const startsAt = new Date(Date.now() + 28 * 86_400_000).toISOString();
  const { event } = await resultOf(DUPLICATE, { eventId, startsAt }, token);
  return (event as { id: string }).id;
}

describe("creating with a key", () => {
  test("makes one draft, however often and wherever it is asked for at once", async () => {
    const organizer = await aTokenHolder();
    const input = { ...eventInput(), idempotencyKey: newId() };
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, at) => resultOf(CREATE, input, organizer.token, at % 2)),
    );
    const ids = made.map(({ event }) => (event as { id: string }).id);
    expect(new Set(ids).size).toBe(1);
    const own = { filter: { organizerId: organizer.id } };
    expect(await dataOf(FIND, own, { as: organizer.token })).toMatchObject({
      events: { edges: [{ node: { id: ids[0] } }] },
    });
    const { rows } = await withDatabase("events", (client) =>
      client.query(
        `select from stream where id in (select 'event:' || id from event where organizer_id = $1)`,
        [organizer.id],
      ),
    );
    expect(rows).toHaveLength(1);
  });

  test("for another event is a conflict, and each organizer has keys of their own", async () => {
    const [organizer, other] = await tokenHolders(2);
    const input = { ...eventInput(), idempotencyKey: "key" };
    await resultOf(CREATE, input, organizer.token);
    const changed = { ...input, title: "Another" };
    expect(await resultOf(CREATE, changed, organizer.token)).toMatchObject({
      __typename: "IdempotencyConflictProblem",
    });
    expect(await resultOf(CREATE, changed, other.token)).toMatchObject({
      event: { title: "Another" },
    });
  });
});
