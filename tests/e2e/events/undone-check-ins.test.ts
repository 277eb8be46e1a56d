// Guarantees about check-ins that are taken back: the seat is free, and nobody is counted twice.
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { refusalOf } from "../../kit/client.ts";
import { anOpenDoor, doorCounts, scan, ticketsFor, undo } from "../../kit/door.ts";
import { cancelRegistration, tokenHolders } from "../../kit/stories.ts";

describe("taking a check-in back", () => {
  test("frees the seat for a scan, tells it, and does nothing the second time", async () => {
    const [organizer, ada, stranger] = await tokenHolders(3);
    const eventId = await anOpenDoor(organizer);
    const { codes } = await ticketsFor(ada, eventId);
    const code = codes[0] ?? "";
    const first = await scan(organizer.token, { code, eventId });
    const id = first.checkIn?.id ?? "";
    const input = { checkInId: id };
    const refusal = await refusalOf(operation("UndoCheckIn"), { input }, { as: stranger.token });
    expect(refusal.code).toBe("NOT_FOUND");
    const undone = await undo(organizer.token, id);
    expect(undone).toMatchObject({ registration: { status: "CONFIRMED", checkedInSeats: [] } });
    expect(await undo(organizer.token, id)).toEqual(undone);
    expect(await doorCounts(eventId)).toMatchObject({ counted: 0, recounted: 0 });
    expect(await scan(organizer.token, { code, eventId })).toMatchObject({
      __typename: "CheckInSuccess",
    });
  });

  test("happens when a registration is cancelled, so that nobody is counted without a seat", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anOpenDoor(organizer);
    const { id, codes } = await ticketsFor(ada, eventId, 2);
    for (const code of codes) await scan(organizer.token, { code, eventId });
    expect(await doorCounts(eventId)).toMatchObject({ counted: 2, taken: 2 });
    await cancelRegistration(organizer.token, id);
    expect(await doorCounts(eventId)).toMatchObject({ counted: 0, recounted: 0, taken: 0 });
  });
});
