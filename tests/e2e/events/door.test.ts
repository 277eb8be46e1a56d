// The door through the router: tickets let in the seats that they are for, once; nothing else does.
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { base32, fromBase32 } from "../../../kit/input/base32.ts";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf } from "../../kit/client.ts";
import {
  anOpenDoor,
  doorCounts,
  moveEvent,
  ownRegistration,
  scan,
  ticketsFor,
} from "../../kit/door.ts";
import { connect } from "../../kit/socket.ts";
import { anEvent, aRegistration, cancelRegistration, tokenHolders } from "../../kit/stories.ts";
import { ticketCodes } from "../../kit/tickets.ts";

const HOUR_MS = 3_600_000;

describe("tickets", () => {
  test("are one for each seat, for the person alone, while the registration has seats", async () => {
    const [organizer, ada, bob] = await tokenHolders(3);
    const eventId = await anOpenDoor(organizer, { capacity: 3 });
    const { id, codes } = await ticketsFor(ada, eventId, 3);
    expect(new Set(codes).size).toBe(3);
    await aRegistration(bob.token, eventId);
    const own = await ownRegistration(ada.token, eventId);
    expect(own.tickets.map(({ seat, checkedInAt }) => [seat, checkedInAt])).toEqual([
      [1, null],
      [2, null],
      [3, null],
    ]);
    expect(own.tickets[0]?.qrSvg).toMatch(/^<svg/);
    expect((await ownRegistration(bob.token, eventId)).tickets).toEqual([]);
    const first = await dataOf(
      "query($id: ID!) { event(id: $id) { viewerRegistration { ticket { code seat } } } }",
      { id: eventId },
      { as: ada.token },
    );
    expect(first).toEqual({
      event: { viewerRegistration: { ticket: { code: codes[0], seat: 1 } } },
    });
    const seen = await dataOf<{ event: { registrations: { edges: unknown[] } } }>(
      `query($id: ID!) { event(id: $id) { registrations(first: 1) { edges { node {
         id ticket { code } tickets { code } } } } } }`,
      { id: eventId },
      { as: organizer.token },
    );
    expect(seen.event.registrations.edges).toEqual([{ node: { id, ticket: null, tickets: [] } }]);
    await cancelRegistration(ada.token, id);
    expect((await ownRegistration(ada.token, eventId)).tickets).toEqual([]);
    expect((await ownRegistration(bob.token, eventId)).tickets).toHaveLength(1);
  });

  test("that are renewed let in by their new codes alone, and both streams tell it", async () => {
    const [organizer, ada, stranger] = await tokenHolders(3);
    const eventId = await anOpenDoor(organizer);
    const { id, codes } = await ticketsFor(ada, eventId, 2);
    await scan(organizer.token, { code: codes[0] ?? "", eventId });
    const socket = await connect({ as: organizer.token });
    const watching = socket.subscribe(operation("DoorUpdated"), { eventId, after: 2 });
    const input = { registrationId: id };
    const renewing = operation("RenewTickets");
    const refusal = await refusalOf(renewing, { input }, { as: stranger.token });
    expect(refusal.code).toBe("NOT_FOUND");
    const { renewTickets } = await dataOf<{
      renewTickets: { registration: { ticketVersion: number; tickets: { code: string }[] } };
    }>(renewing, { input }, { as: ada.token });
    expect(renewTickets.registration.ticketVersion).toBe(2);
    expect(await socket.event(watching)).toMatchObject({
      registrationUpdated: { seq: 3, registration: { id, ticketVersion: 2, checkedInSeats: [1] } },
    });
    expect(await scan(organizer.token, { code: codes[1] ?? "", eventId })).toMatchObject({
      __typename: "TicketNotValidProblem",
      fault: "REPLACED",
    });
    const code = renewTickets.registration.tickets[1]?.code ?? "";
    expect(await scan(organizer.token, { code, eventId })).toMatchObject({
      __typename: "CheckInSuccess",
    });
    socket.close();
  });
});

describe("a scan", () => {
  test("lets in its seat, tells both streams, and counts it", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anOpenDoor(organizer);
    const { id, codes } = await ticketsFor(ada, eventId, 2);
    const sockets = await Promise.all([organizer, ada].map(({ token }) => connect({ as: token })));
    const [door, own] = sockets;
    const atDoor = door?.subscribe(operation("DoorUpdated"), { eventId, after: 1 }) ?? "";
    const atHome = own?.subscribe(operation("ViewerRegistrationUpdated"), { after: 1 }) ?? "";
    const result = await scan(organizer.token, { code: codes[1] ?? "", eventId, gate: " B " });
    expect(result).toMatchObject({
      __typename: "CheckInSuccess",
      checkIn: { seat: 2, gate: "B", isConflict: false, undoneAt: null },
      registration: { id, status: "CHECKED_IN", checkedInSeats: [2] },
    });
    expect(await door?.event(atDoor)).toMatchObject({
      registrationUpdated: {
        seq: 2,
        registration: { status: "CHECKED_IN", checkedInSeats: [2] },
        event: { seatsCheckedIn: 1 },
      },
    });
    expect(await own?.event(atHome)).toMatchObject({
      viewerRegistrationUpdated: { registration: { status: "CHECKED_IN" } },
    });
    const { tickets } = await ownRegistration(ada.token, eventId);
    expect(tickets.map(({ checkedInAt }) => checkedInAt)).toEqual([
      null,
      result.checkIn?.scannedAt,
    ]);
    for (const socket of sockets) socket.close();
  });

  test("of a seat that somebody has taken says when, where and by whom", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anOpenDoor(organizer);
    const { codes } = await ticketsFor(ada, eventId);
    const scannedAt = new Date(Date.now() - 60_000).toISOString();
    const first = await scan(organizer.token, {
      code: codes[0] ?? "",
      eventId,
      gate: "A",
      scannedAt,
    });
    const second = await scan(organizer.token, { code: codes[0] ?? "", eventId, gate: "B" }, 1);
    expect(second).toMatchObject({
      __typename: "AlreadyCheckedInProblem",
      scannedAt,
      gate: "A",
      checkIn: { id: first.checkIn?.id },
    });
    expect(await doorCounts(eventId)).toMatchObject({ counted: 1, recounted: 1, conflicts: 0 });
  });

  test("with the same nonce is the same one, twenty times at once over two replicas", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anOpenDoor(organizer);
    const { codes } = await ticketsFor(ada, eventId, 2);
    const nonce = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        scan(organizer.token, { code: codes[0] ?? "", eventId, nonce }, at % 2),
      ),
    );
    expect(new Set(answers.map(({ __typename }) => __typename))).toEqual(
      new Set(["CheckInSuccess"]),
    );
    expect(new Set(answers.map(({ checkIn }) => checkIn?.id)).size).toBe(1);
    expect(await scan(organizer.token, { code: codes[1] ?? "", eventId, nonce })).toMatchObject({
      __typename: "IdempotencyConflictProblem",
    });
    expect(await doorCounts(eventId)).toMatchObject({ counted: 1, recounted: 1, seats: 1 });
  });

  test("of a forged code, another event's, or none lets nobody in", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anOpenDoor(organizer);
    const otherId = await anOpenDoor(organizer);
    const { id, codes } = await ticketsFor(ada, eventId);
    const { codes: others } = await ticketsFor(ada, otherId);
    const faultOf = async (code: string) =>
      (await scan(organizer.token, { code, eventId })).fault ?? "none";
    const bytes = fromBase32(codes[0] ?? "") ?? new Uint8Array();
    for (const at of [1, 6, 21, 23, 24, 60, 87]) {
      const forged = Uint8Array.from(bytes);
      forged[at] = (forged[at] ?? 0) ^ 1;
      expect(await faultOf(base32(forged)), `byte ${at}`).toBe("FORGED");
    }
    expect(await faultOf("ADMIT ONE")).toBe("FORGED");
    expect(await faultOf(others[0] ?? "")).toBe("OTHER_EVENT");
    const sign = (seat: number, registrationId = id) =>
      ticketCodes().codeOf(eventId, { registrationId, seat, ticketVersion: 1 });
    expect(await faultOf(sign(2))).toBe("REPLACED");
    expect(await faultOf(sign(1, newId()))).toBe("FORGED");
    expect(await doorCounts(eventId)).toMatchObject({ counted: 0, recounted: 0 });
  });

  test("of a registration without seats says so", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anOpenDoor(organizer);
    const { id, codes } = await ticketsFor(ada, eventId);
    await cancelRegistration(ada.token, id);
    expect(await scan(organizer.token, { code: codes[0] ?? "", eventId })).toMatchObject({
      __typename: "RegistrationNotSeatedProblem",
      registration: { id, status: "CANCELLED" },
    });
  });

  test("without an event is for the ticket's own, where the viewer may let people in", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anOpenDoor(organizer);
    const { codes } = await ticketsFor(ada, eventId);
    const code = codes[0] ?? "";
    expect(await scan(ada.token, { code })).toMatchObject({ fault: "FORGED" });
    expect(await scan(organizer.token, { code })).toMatchObject({ __typename: "CheckInSuccess" });
  });

  test.each([
    [13 * HOUR_MS, "CheckInClosedProblem"],
    [11 * HOUR_MS, "CheckInSuccess"],
    [-7 * HOUR_MS, "CheckInSuccess"],
    [-9 * HOUR_MS, "CheckInClosedProblem"],
  ])("is judged by the hours of the door: an event of 2 hours in %d ms", async (inMs, result) => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anOpenDoor(organizer);
    const { codes } = await ticketsFor(ada, eventId);
    await moveEvent(eventId, inMs);
    expect(await scan(organizer.token, { code: codes[0] ?? "", eventId })).toMatchObject({
      __typename: result,
    });
  });

  test("is for those who may let people in, and an unknown event is not found", async () => {
    const [organizer, ada] = await tokenHolders(2);
    const eventId = await anOpenDoor(organizer);
    const draftId = await anEvent(organizer.token, { isDraft: true });
    const { codes } = await ticketsFor(ada, eventId);
    const codeOf = async (id: string) => {
      const input = { code: codes[0], nonce: randomUUID(), eventId: id };
      return (await refusalOf(operation("CheckIn"), { input }, { as: ada.token })).code;
    };
    expect(await codeOf(eventId)).toBe("FORBIDDEN");
    expect(await codeOf(draftId)).toBe("NOT_FOUND");
    expect(await codeOf(newId())).toBe("NOT_FOUND");
    const lists = operation("DoorList");
    expect(await dataOf(lists, { eventId }, { as: ada.token })).toMatchObject({
      event: { doorList: null },
    });
  });
});
