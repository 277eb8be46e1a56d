// Base32 of RFC 4648 §6 without padding: bytes as text that survives reading aloud, any case, and
// the alphanumeric mode of QR codes.

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BITS = 5;

export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET[Number.parseInt(group.padEnd(BITS, "0"), 2)]).join("");
}

/** The bytes of a text in upper case; null when `base32` makes no such text. */
export function fromBase32(text: string): Uint8Array | null {
  const bytes: number[] = [];
  let value = 0;
  let bits = 0;
  for (const character of text) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return null;
    value = (value << BITS) | digit;
    bits += BITS;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(value >> bits);
    value &= (1 << bits) - 1;
  }
  const isWhole = bits < BITS && value === 0;
  return isWhole ? Uint8Array.from(bytes) : null;
}
