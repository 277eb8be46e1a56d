// Guarantees about the codes of tickets: nobody makes or changes one without the key.
import { createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import encodeQR from "qr";
import { describe, expect, test } from "vitest";
import { newId } from "#kit/data/id";
import { base32, fromBase32 } from "#kit/input/base32";
import {
  createTicketCodes,
  type ReadTicket,
  readTicket,
  ticketKeysSetting,
} from "./ticket-codes.ts";

const key = randomBytes(32);
const codes = createTicketCodes([key]);
const eventId = newId();
const seat = { registrationId: newId(), seat: 3, ticketVersion: 258 };

function read(code: string): ReadTicket {
  const ticket = readTicket(code);
  if (!ticket) throw new Error(`${code} is no ticket`);
  return ticket;
}

describe("a code", () => {
  const code = codes.codeOf(eventId, seat);

  test("says its seat, and is genuine for its event alone", () => {
    const ticket = read(code);
    expect(ticket).toMatchObject({ ...seat, kid: codes.keys[0]?.kid });
    expect(codes.isGenuine(ticket, eventId)).toBe(true);
    expect(codes.isGenuine(ticket, newId())).toBe(false);
  });

  test("is read in any case and with spaces, as people type it", () => {
    const typed = ` ${code.toLowerCase().replaceAll(/(.{5})/g, "$1 ")}\n`;
    expect(read(typed)).toEqual(read(code));
  });

  test("with one changed bit is no ticket, or not genuine", () => {
    const bytes = fromBase32(code) ?? new Uint8Array();
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const forged = Uint8Array.from(bytes);
      const at = Math.floor(bit / 8);
      forged[at] = (forged[at] ?? 0) ^ (1 << (bit % 8));
      const ticket = readTicket(base32(forged));
      expect(ticket !== null && codes.isGenuine(ticket, eventId), `bit ${bit}`).toBe(false);
    }
  });

  test("fits a QR code of 41 by 41 modules with a margin", () => {
    expect(code).toMatch(/^[A-Z2-7]{141}$/);
    expect(encodeQR(code, "raw", { ecc: "medium", border: 4 })).toHaveLength(41 + 8);
  });

  test("that is any text is read without an error", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const ticket = readTicket(text);
        expect(ticket === null || !codes.isGenuine(ticket, eventId)).toBe(true);
      }),
    );
    expect(readTicket(`${code}A`)).toBeNull();
    expect(readTicket("A".repeat(1_000_000))).toBeNull();
  });
});

test("the codes of a former key stay genuine while it is in the list, and the first key signs", () => {
  const next = createTicketCodes([randomBytes(32), key]);
  const former = read(codes.codeOf(eventId, seat));
  expect(next.isGenuine(former, eventId)).toBe(true);
  const current = read(next.codeOf(eventId, seat));
  expect(next.isGenuine(current, eventId)).toBe(true);
  expect(codes.isGenuine(current, eventId)).toBe(false);
  expect(current.kid).toBe(next.keys[0]?.kid);
});

test("a key id is the start of the hash of the public key, which gates verify with", () => {
  const [published] = codes.keys;
  const raw = Buffer.from(published?.publicKey ?? "", "base64url");
  expect(raw).toHaveLength(32);
  expect(createHash("sha256").update(raw).digest("hex").slice(0, 8)).toBe(published?.kid);
});

test("a setting is keys of 32 bytes", () => {
  const text = [key, randomBytes(32)].map((each) => each.toString("base64url")).join(", ");
  expect(ticketKeysSetting.parse(text)).toHaveLength(2);
  expect(ticketKeysSetting.safeParse(randomBytes(31).toString("base64url")).success).toBe(false);
  expect(ticketKeysSetting.safeParse("").success).toBe(false);
});
