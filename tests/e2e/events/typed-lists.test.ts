// The list of an event with ticket types: who gets free seats, and what changes of a type do to it.
import { describe, expect, test } from "vitest";
import {
  aRegistration,
  cancelRegistration,
  type TokenHolder,
  tokenHolders,
} from "../../kit/stories.ts";
import { statusOf, ticketTypesOf, typed } from "../../kit/ticket-types.ts";
import { ask } from "./asking.ts";

describe("the list", () => {
  test("gives freed seats to those who wait for them, and has a place for each type", async () => {
    const [olga, ada, bob, cleo, dan] = await tokenHolders(5);
    const { eventId, idOf } = await typed(
      olga,
      { capacity: 10 },
      {
        Early: { quota: 1 },
        VIP: { quota: 1, isReserved: true },
      },
    );
    const seat = (who: TokenHolder, name: string) =>
      aRegistration(who.token, eventId, { ticketTypeId: idOf(name) });
    const first = await seat(ada, "Early");
    await seat(bob, "VIP");
    expect(await seat(cleo, "VIP")).toMatchObject({ status: "WAITLISTED", waitlistPosition: 1 });
    expect(await seat(dan, "Early")).toMatchObject({ status: "WAITLISTED", waitlistPosition: 1 });
    await cancelRegistration(ada.token, first.id);
    expect(await statusOf(dan, eventId)).toMatchObject({ status: "CONFIRMED" });
    expect(await statusOf(cleo, eventId)).toMatchObject({ waitlistPosition: 1 });
    const types = await ticketTypesOf(dan.token, eventId);
    expect(types.map(({ seatsTaken, waitlistLength }) => [seatsTaken, waitlistLength])).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });

  test("gets the seats of a higher quota at once, and keeps everybody when it is lower", async () => {
    const [olga, ada, bob] = await tokenHolders(3);
    const { eventId, idOf } = await typed(olga, {}, { Early: { quota: 2 } });
    const early = { ticketTypeId: idOf("Early"), partySize: 2 };
    const { id } = await aRegistration(ada.token, eventId, early);
    await aRegistration(bob.token, eventId, early);
    const change = (quota: number) =>
      ask("UpdateTicketType", olga, { ticketTypeId: idOf("Early"), quota });
    expect(await change(1)).toMatchObject({ ticketType: { seatsTaken: 2, seatsLeft: 0 } });
    expect(await statusOf(bob, eventId)).toMatchObject({ isTooLarge: true });
    expect(await statusOf(ada, eventId)).toMatchObject({ status: "CONFIRMED" });
    await cancelRegistration(ada.token, id);
    expect(await statusOf(bob, eventId)).toMatchObject({ status: "WAITLISTED" });
    expect(await change(2)).toMatchObject({
      ticketType: { seatsTaken: 2, waitlistLength: 0 },
      event: { seatsTaken: 2, waitlistLength: 0 },
    });
    expect(await statusOf(bob, eventId)).toMatchObject({ status: "CONFIRMED", isTooLarge: false });
  });

  test("gets seats that are no longer set aside, and none of those that are", async () => {
    const [olga, ada, bob] = await tokenHolders(3);
    const { eventId, idOf } = await typed(
      olga,
      { capacity: 4 },
      {
        VIP: { quota: 2, isReserved: true },
        Open: {},
      },
    );
    const open = { ticketTypeId: idOf("Open"), partySize: 2 };
    await aRegistration(ada.token, eventId, open);
    await aRegistration(bob.token, eventId, open);
    expect(await statusOf(bob, eventId)).toMatchObject({ status: "WAITLISTED" });
    const free = { ticketTypeId: idOf("VIP"), isReserved: false };
    expect(await ask("UpdateTicketType", olga, free)).toMatchObject({ event: { seatsLeft: 0 } });
    expect(await statusOf(bob, eventId)).toMatchObject({ status: "CONFIRMED" });
  });

  test("is not in the way of a party that grows into seats for which nobody waits", async () => {
    const [olga, ada, bob, cleo] = await tokenHolders(4);
    const { eventId, idOf } = await typed(
      olga,
      { capacity: 10 },
      {
        Early: { quota: 1 },
        Open: {},
      },
    );
    const { id } = await aRegistration(ada.token, eventId, { ticketTypeId: idOf("Open") });
    await aRegistration(bob.token, eventId, { ticketTypeId: idOf("Early") });
    await aRegistration(cleo.token, eventId, { ticketTypeId: idOf("Early") });
    expect(await ask("ChangePartySize", ada, { registrationId: id, partySize: 3 })).toMatchObject({
      registration: { partySize: 3 },
    });
  });
});
