// Reads the codes of tickets, and verifies their signatures without the network. The description of
// `Query.ticketKeys` has the format.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BODY_BYTES = 24;
const CODE_BYTES = 88;
const CONTEXT = new TextEncoder().encode("meetinity ticket");

export interface Ticket {
  readonly kid: string;
  readonly registrationId: string;
  readonly seat: number;
  readonly ticketVersion: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface TicketKey {
  readonly kid: string;
  readonly publicKey: string;
}

/** Whether a ticket is genuine for an event; null where the browser has no Ed25519. */
export type Verify = (ticket: Ticket) => Promise<boolean | null>;

/** Null for any text that is no ticket. */
export function readTicket(code: string): Ticket | null {
  const bytes = fromBase32(code.replaceAll(/\s/g, "").toUpperCase());
  if (bytes?.length !== CODE_BYTES || bytes[0] !== 1) return null;
  const hex = hexOf(bytes.subarray(0, BODY_BYTES));
  return {
    bytes,
    kid: hex.slice(2, 10),
    registrationId: hex
      .slice(10, 42)
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
    seat: Number.parseInt(hex.slice(42, 44), 16),
    ticketVersion: Number.parseInt(hex.slice(44, 48), 16),
  };
}

export function createVerify(eventId: string, keys: readonly TicketKey[]): Verify {
  const imported = new Map(keys.map(({ kid, publicKey }) => [kid, importKey(publicKey)]));
  const event = bytesOfHex(eventId.replaceAll("-", ""));
  return async ({ kid, bytes }) => {
    const key = await imported.get(kid);
    if (key === undefined) return false;
    if (key === null) return null;
    const body = bytes.slice(0, BODY_BYTES);
    const signed = new Uint8Array([...CONTEXT, ...event, ...body]);
    return crypto.subtle.verify("Ed25519", key, bytes.slice(BODY_BYTES), signed);
  };
}

type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** Null where the browser cannot: an old one, or a page that is not served securely. */
async function importKey(publicKey: string): Promise<Key | null> {
  try {
    const text = atob(publicKey.replaceAll("-", "+").replaceAll("_", "/"));
    const raw = Uint8Array.from(text, (character) => character.charCodeAt(0));
    return await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
  } catch {
    return null;
  }
}

/** When the registration was made: its id begins with the time, in milliseconds. */
export function madeAt({ registrationId }: Ticket): number {
  return Number.parseInt(registrationId.replaceAll("-", "").slice(0, 12), 16);
}

function fromBase32(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes: number[] = [];
  let value = 0;
  let bits = 0;
  for (const character of text) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return null;
    value = (value << 5) | digit;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(value >> bits);
    value &= (1 << bits) - 1;
  }
  return bits < 5 && value === 0 ? Uint8Array.from(bytes) : null;
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytesOfHex(hex: string): number[] {
  return Array.from(hex.matchAll(/../g), ([byte]) => Number.parseInt(byte, 16));
}
