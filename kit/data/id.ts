// New identifiers and the check that a string is one. Ids are UUIDv7: they sort by the time they
// were made.
import { v7, validate } from "uuid";

export function newId(): string {
  return v7();
}

/**
 * True for any UUID; everything else cannot be in a database and is answered as unknown without
 * asking it.
 */
export function isId(text: string): boolean {
  return validate(text);
}

/** The one spelling of an id that a client may have written otherwise; null for what is no id. */
export function canonicalId(text: string): string | null {
  return isId(text) ? text.toLowerCase() : null;
}
