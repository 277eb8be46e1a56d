// People without a registration are let in while there are seats, online and afterwards.
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import { anOpenDoor, doorCounts } from "../../kit/door.ts";
import { aRegistration, register, tokenHolders } from "../../kit/stories.ts";

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
