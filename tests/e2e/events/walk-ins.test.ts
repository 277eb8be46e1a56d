// People without a registration are let in while there are seats, online and afterwards.
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { anOpenDoor, doorCounts } from "../../kit/door.ts";
import { aRegistration, register, tokenHolders } from "../../kit/stories.ts";
import { aTicketType, ticketTypesOf } from "../../kit/ticket-types.ts";

interface WalkInResult {
  readonly __typename: string;
  readonly walkIn?: { readonly id: string };
}

async function addWalkIn(token: string, input: object, router = 0): Promise<WalkInResult> {
  const { addWalkIn: result } = await dataOf<{ addWalkIn: WalkInResult }>(
    operation("AddWalkIn"),
    { input: { nonce: randomUUID(), ...input } },
    { as: token, router },
  );
  return result;
}

describe("a walk-in", () => {
  test("takes free seats and counts as come, and a party that does not fit is refused", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anOpenDoor(organizer, { capacity: 3 });
    await aRegistration(ada.token, eventId);
    const input = { eventId, partySize: 2, label: "red coats", gate: "A" };
    expect(await addWalkIn(organizer.token, input)).toMatchObject({
      __typename: "AddWalkInSuccess",
      walkIn: { partySize: 2, label: "red coats", gate: "A" },
      event: { seatsTaken: 3, seatsLeft: 0, seatsCheckedIn: 2 },
    });
    expect(await addWalkIn(organizer.token, { eventId })).toMatchObject({
      __typename: "EventFullProblem",
      capacity: 3,
      seatsLeft: 0,
    });
    expect(await doorCounts(eventId)).toMatchObject({ counted: 2, recounted: 2, taken: 3 });
    const list = await dataOf(operation("WalkIns"), { eventId }, { as: organizer.token });
    expect(list).toMatchObject({ event: { walkIns: { edges: [{ node: { partySize: 2 } }] } } });
    expect(await dataOf(operation("WalkIns"), { eventId }, { as: ada.token })).toMatchObject({
      event: { walkIns: null },
    });
  });

  test("takes seats of its ticket type, and none that another type keeps", async () => {
    const [organizer] = await tokenHolders(1);
    const { token } = organizer;
    const eventId = await anOpenDoor(organizer, { capacity: 4 });
    const crew = { name: "Crew", quota: 2, isReserved: true };
    const { id: crewId } = await aTicketType(token, eventId, crew);
    const { id: lateId } = await aTicketType(token, eventId, { name: "Late", quota: 1 });
    const typed = await addWalkIn(token, { eventId, ticketTypeId: lateId });
    expect(typed).toMatchObject({ walkIn: { ticketType: { name: "Late" } } });
    expect(await addWalkIn(token, { eventId, ticketTypeId: lateId })).toMatchObject({
      __typename: "EventFullProblem",
      ticketType: { name: "Late" },
      capacity: 1,
      seatsLeft: 0,
    });
    // Of the shared seats one is left: two are set aside.
    expect(await addWalkIn(token, { eventId, partySize: 2 })).toMatchObject({
      __typename: "EventFullProblem",
      ticketType: null,
      seatsLeft: 1,
    });
    await addWalkIn(token, { eventId });
    const both = { eventId, ticketTypeId: crewId, partySize: 2 };
    expect(await addWalkIn(token, both)).toMatchObject({ event: { seatsTaken: 4, seatsLeft: 0 } });
    const left = async () => (await ticketTypesOf(token, eventId)).map((each) => each.seatsLeft);
    expect(await left()).toEqual([0, 0]);
    const undo = { input: { walkInId: typed.walkIn?.id } };
    await dataOf(operation("UndoWalkIn"), undo, { as: token });
    expect(await left()).toEqual([0, 1]);
    expect(await doorCounts(eventId)).toMatchObject({ counted: 3, recounted: 3, taken: 3 });
  });

  test("of an unknown ticket type is refused online, and is one without a type afterwards", async () => {
    const [organizer, other] = await tokenHolders(2);
    const eventId = await anOpenDoor(organizer, { capacity: 4 });
    const elsewhere = await anOpenDoor(other);
    const { id: ticketTypeId } = await aTicketType(other.token, elsewhere);
    const input = { eventId, ticketTypeId, nonce: randomUUID() };
    const refusal = await refusalOf(operation("AddWalkIn"), { input }, { as: organizer.token });
    expect(refusal).toMatchObject({ code: "NOT_FOUND", field: "input.ticketTypeId" });
    const enteredAt = new Date().toISOString();
    const walkIns = [{ ticketTypeId, nonce: randomUUID(), enteredAt }];
    const late = { input: { eventId, walkIns } };
    expect(await dataOf(operation("SyncWalkIns"), late, { as: organizer.token })).toMatchObject({
      syncWalkIns: { results: [{ result: { __typename: "AddWalkInSuccess" } }] },
    });
    expect(await doorCounts(eventId)).toMatchObject({ counted: 1, recounted: 1, taken: 1 });
  });

  test("never takes a seat that registering takes at the same time, over two replicas", async () => {
    const [organizer, ...people] = await tokenHolders(21);
    const eventId = await anOpenDoor(organizer, { capacity: 10, hasWaitlist: false });
    await Promise.all(
      people.map((person, at) =>
        at % 2 === 0
          ? addWalkIn(organizer.token, { eventId }, at % 4 === 0 ? 0 : 1)
          : register(person.token, eventId, {}, at % 4 === 1 ? 0 : 1),
      ),
    );
    const counts = await doorCounts(eventId);
    expect(counts.taken).toBe(10);
    expect(counts.counted).toBe(counts.recounted);
  });

  test("with the same nonce is the same one, ten times at once; with another size a conflict", async () => {
    const [organizer] = await tokenHolders(1);
    const eventId = await anOpenDoor(organizer, { capacity: 5 });
    const nonce = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => addWalkIn(organizer.token, { eventId, nonce }, at % 2)),
    );
    expect(new Set(answers.map(({ walkIn }) => walkIn?.id)).size).toBe(1);
    expect(await addWalkIn(organizer.token, { eventId, nonce, partySize: 2 })).toMatchObject({
      __typename: "IdempotencyConflictProblem",
    });
    expect(await doorCounts(eventId)).toMatchObject({ counted: 1, taken: 1 });
  });

  test("can be taken back, which gives its seats back once", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anOpenDoor(organizer, { capacity: 2 });
    const { walkIn } = await addWalkIn(organizer.token, { eventId, partySize: 2 });
    const input = { walkInId: walkIn?.id };
    const undoing = operation("UndoWalkIn");
    expect(await refusalOf(undoing, { input }, { as: ada.token })).toMatchObject({
      code: "NOT_FOUND",
    });
    for (const _ of [1, 2]) {
      expect(await dataOf(undoing, { input }, { as: organizer.token })).toMatchObject({
        undoWalkIn: { event: { seatsTaken: 0, seatsCheckedIn: 0 } },
      });
    }
    expect(await doorCounts(eventId)).toMatchObject({ counted: 0, recounted: 0, taken: 0 });
  });

  test("of a gate that was offline has a result of its own, and those without seats are told", async () => {
    const [organizer] = await tokenHolders(1);
    const eventId = await anOpenDoor(organizer, { capacity: 4 });
    const enteredAt = new Date(Date.now() - 60_000).toISOString();
    const walkIns = [3, 2, 1].map((partySize) => ({
      partySize,
      nonce: `n${partySize}`,
      enteredAt,
    }));
    const input = { eventId, gate: "B", walkIns };
    const names = async () => {
      const { syncWalkIns } = await dataOf<{
        syncWalkIns: { results: { result: WalkInResult }[] };
      }>(operation("SyncWalkIns"), { input }, { as: organizer.token });
      return syncWalkIns.results.map(({ result }) => result.__typename);
    };
    const expected = ["AddWalkInSuccess", "EventFullProblem", "AddWalkInSuccess"];
    expect(await names()).toEqual(expected);
    expect(await names()).toEqual(expected);
    expect(await doorCounts(eventId)).toMatchObject({ counted: 4, recounted: 4, taken: 4 });
  });
});
