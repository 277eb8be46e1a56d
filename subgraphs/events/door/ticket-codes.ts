// The codes of tickets: signed by a key of this subgraph, with nothing in them but ids and numbers.
// A code says which seat it is for; whether the seat is let in, the registration decides.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { z } from "zod";
import { base32, fromBase32 } from "#kit/input/base32";
import type { TicketKeyRow } from "./tickets/store.ts";

/*
 * A code is base32 of: format (1 byte), key id (4), registration id (16), seat (1), ticket version
 * (2, big endian), Ed25519 signature (64). What is signed is the context, the id of the event (16)
 * and the bytes before the signature: so the code of another event is not genuine, and no code is
 * longer for it. 141 letters and digits are a QR code of 41 × 41 modules.
 */
const FORMAT = 1;
const KID_BYTES = 4;
const BODY_BYTES = 24;
const SIGNATURE_BYTES = 64;
const KEY_BYTES = 32;
const CONTEXT = Buffer.from("meetinity ticket", "utf8");
/** RFC 8410: what stands before the 32 bytes of a private key in PKCS #8. */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
/** The longest code that is looked at. */
const CODE_LENGTH_MAX = 200;

/** Private keys of 32 bytes as base64url, with commas between: the first signs, all verify. */
export const ticketKeysSetting = z
  .string()
  .transform((text) => text.split(",").map((key) => Buffer.from(key.trim(), "base64url")))
  .refine((keys) => keys.every(({ length }) => length === KEY_BYTES), {
    error: "must be keys of 32 bytes as base64url, with commas between: `npm run keys` makes one",
  });

/** The seat that a ticket is for. */
export interface TicketSeat {
  readonly registrationId: string;
  /** From 1. */
  readonly seat: number;
  readonly ticketVersion: number;
}

/** A ticket as it was read: not judged yet. */
export interface ReadTicket extends TicketSeat {
  readonly kid: string;
  readonly bytes: Uint8Array;
}

export interface TicketCodes {
  /** The public keys, for gates that are offline; the first is the one that signs. */
  readonly keys: readonly TicketKeyRow[];
  codeOf(eventId: string, seat: TicketSeat): string;
  /** Whether this subgraph has signed the ticket for this event. */
  isGenuine(ticket: ReadTicket, eventId: string): boolean;
}

/** `keys` are private keys: the first signs, all verify. */
export function createTicketCodes(keys: readonly Uint8Array[]): TicketCodes {
  const pairs = keys.map(pairOf);
  const [first] = pairs;
  if (!first) throw new Error("There is no key to sign tickets with.");
  const byKid = new Map(pairs.map((pair) => [pair.kid, pair]));
  return {
    keys: pairs.map(({ kid, publicKey }) => ({ kid, publicKey })),
    codeOf(eventId, ticket) {
      const body = bodyOf(first.kid, ticket);
      const signature = sign(null, signedOf(eventId, body), first.privateHalf);
      return base32(Buffer.concat([body, signature]));
    },
    isGenuine({ kid, bytes }, eventId) {
      const key = byKid.get(kid)?.publicHalf;
      const body = bytes.subarray(0, BODY_BYTES);
      return key ? verify(null, signedOf(eventId, body), key, bytes.subarray(BODY_BYTES)) : false;
    },
  };
}

/** Reads a code as it was scanned or typed; null for any other text. */
export function readTicket(code: string): ReadTicket | null {
  if (code.length > CODE_LENGTH_MAX) return null;
  const bytes = fromBase32(code.replaceAll(/\s/g, "").toUpperCase());
  if (bytes?.length !== BODY_BYTES + SIGNATURE_BYTES || bytes[0] !== FORMAT) return null;
  const body = Buffer.from(bytes);
  return {
    bytes,
    kid: body.toString("hex", 1, 1 + KID_BYTES),
    registrationId: uuidOf(body.toString("hex", 5, 21)),
    seat: body.readUInt8(21),
    ticketVersion: body.readUInt16BE(22),
  };
}

function bodyOf(kid: string, { registrationId, seat, ticketVersion }: TicketSeat): Buffer {
  const body = Buffer.alloc(BODY_BYTES);
  body.writeUInt8(FORMAT, 0);
  body.write(kid, 1, "hex");
  body.write(registrationId.replaceAll("-", ""), 5, "hex");
  body.writeUInt8(seat, 21);
  body.writeUInt16BE(ticketVersion, 22);
  return body;
}

function signedOf(eventId: string, body: Uint8Array): Buffer {
  return Buffer.concat([CONTEXT, Buffer.from(eventId.replaceAll("-", ""), "hex"), body]);
}

function uuidOf(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

interface Pair extends TicketKeyRow {
  readonly privateHalf: KeyObject;
  readonly publicHalf: KeyObject;
}

function pairOf(key: Uint8Array): Pair {
  const der = Buffer.concat([PKCS8, key]);
  const privateHalf = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
  const publicHalf = createPublicKey(privateHalf);
  const { x = "" } = publicHalf.export({ format: "jwk" });
  const hash = createHash("sha256").update(Buffer.from(x, "base64url")).digest("hex");
  return { privateHalf, publicHalf, publicKey: x, kid: hash.slice(0, 2 * KID_BYTES) };
}
