// Guarantees about a gate without the network: it reads what the server signs, and refuses what it
// has seen and what its list refuses.
import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { judgeOffline, type Party } from "../../clients/admin/events/door/offline.ts";
import { createVerify, readTicket } from "../../clients/admin/events/door/ticket.ts";
import { newId } from "../../kit/data/id.ts";
import { createTicketCodes } from "../../subgraphs/events/door/ticket-codes.ts";

const codes = createTicketCodes([randomBytes(32), randomBytes(32)]);
const eventId = newId();
const registrationId = newId();
const code = (seat: number, ticketVersion = 1, id = registrationId) =>
  readTicket(codes.codeOf(eventId, { registrationId: id, seat, ticketVersion }));

const party: Party = {
  registrationId,
  status: "CONFIRMED",
  partySize: 2,
  ticketVersion: 1,
  checkedInSeats: [],
  name: "Ada",
};

const listOf = (...parties: Party[]) => ({
  readAt: Date.now() + 1_000,
  parties: new Map(parties.map((each) => [each.registrationId, each])),
});

describe("the signature", () => {
  test("is verified as the server makes it, for its event alone", async () => {
    const ticket = code(1);
    if (!ticket) throw new Error("no ticket");
    expect(ticket).toMatchObject({ registrationId, seat: 1, ticketVersion: 1 });
    expect(await createVerify(eventId, codes.keys)(ticket)).toBe(true);
    expect(await createVerify(newId(), codes.keys)(ticket)).toBe(false);
    expect(await createVerify(eventId, codes.keys.slice(1))(ticket)).toBe(false);
    const bytes = Uint8Array.from(ticket.bytes);
    bytes[21] = 2;
    expect(await createVerify(eventId, codes.keys)({ ...ticket, bytes })).toBe(false);
  });

  test("decides nothing where the browser has none, and the list decides alone", async () => {
    const ticket = code(1);
    if (!ticket) throw new Error("no ticket");
    const broken = codes.keys.map(({ kid }) => ({ kid, publicKey: "AAAA" }));
    expect(await createVerify(eventId, broken)(ticket)).toBeNull();
    expect(judgeOffline(ticket, null, listOf(party), [])).toMatchObject({
      kind: "in",
      isUnverified: true,
    });
    expect(judgeOffline(ticket, null, listOf(), [])).toMatchObject({ kind: "notSeated" });
  });
});

describe("a gate", () => {
  test("lets in a seat of its list, and not what it has seen or what somebody else let in", () => {
    expect(judgeOffline(code(1), true, listOf(party), [])).toEqual({
      kind: "in",
      party,
      isUnverified: false,
    });
    const scan = { registrationId, seat: 1, scannedAt: "2026-05-04T18:02:00Z", gate: "B" };
    expect(judgeOffline(code(1), true, listOf(party), [scan])).toMatchObject({
      kind: "already",
      scan,
    });
    expect(judgeOffline(code(2), true, listOf(party), [scan])).toMatchObject({ kind: "in" });
    const come = { ...party, status: "CHECKED_IN", checkedInSeats: [2] };
    expect(judgeOffline(code(2), true, listOf(come), [])).toMatchObject({ kind: "already" });
  });

  test("refuses forged, replaced and cancelled tickets, and seats that were given up", () => {
    const list = listOf(party);
    expect(judgeOffline(null, null, list, [])).toMatchObject({ fault: "FORGED" });
    expect(judgeOffline(code(1), false, list, [])).toMatchObject({ fault: "FORGED" });
    expect(judgeOffline(code(1, 2), true, list, [])).toMatchObject({ fault: "REPLACED" });
    expect(judgeOffline(code(3), true, list, [])).toMatchObject({ fault: "REPLACED" });
    const cancelled = listOf({ ...party, status: "CANCELLED" });
    expect(judgeOffline(code(1), true, cancelled, [])).toMatchObject({ kind: "notSeated" });
    expect(judgeOffline(code(1), true, listOf(), [])).toMatchObject({ kind: "notSeated" });
  });

  test("lets in a registration that is younger than its list, by the signature", () => {
    const old = { readAt: Date.now() - 60_000, parties: new Map<string, Party>() };
    expect(judgeOffline(code(1, 1, newId()), true, old, [])).toMatchObject({ kind: "in" });
    expect(judgeOffline(code(1, 1, newId()), null, old, [])).toMatchObject({ kind: "notSeated" });
  });
});
