// Makes ids and recognizes them. Ids are UUIDv7, which sort by their time of creation.
import { v7, validate } from "uuid";

export function newId(): string {
  return v7();
}

/** True for any UUID. Any other string is an unknown id, and needs no query. */
export function isId(text: string): boolean {
  return validate(text);
}

/** An id in its canonical spelling, in lower case; null for a string that is not an id. */
export function canonicalId(text: string): string | null {
  return isId(text) ? text.toLowerCase() : null;
}
