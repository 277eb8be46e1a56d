// The normal form of e-mail addresses. Pure: no clock, no database.
import { asciiEmail } from "#kit/input/email";

/** The normal form of an address, for all ways to write it. Other texts match no address. */
export function normalEmail(email: string): string {
  return asciiEmail(email) ?? email.trim();
}
