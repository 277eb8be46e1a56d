// Makes ids from clients canonical: stores and streams know one spelling of an id.
import type { GraphQLError } from "graphql";
import { canonicalId } from "#kit/data/id";
import { badInput, notFound } from "#kit/errors";
import { describeReceived } from "#kit/input/formats";

/** A canonical id, or `NOT_FOUND`: a malformed id names nothing. */
export function idOf(thing: string, field: string, given: string): string {
  const id = canonicalId(given);
  if (id === null) throw notFound(thing, field, given);
  return id;
}

/** The canonical ids of people, or `BAD_USER_INPUT` for the first malformed one. */
export function personIdsOf(field: string, given: readonly string[]): string[] {
  return given.map((text, at) => {
    const id = canonicalId(text);
    if (id !== null) return id;
    const { text: shown, received } = describeReceived(text, false);
    throw badInput([
      { field: `${field}[${at}]`, message: `must be an id, got ${shown}`, received },
    ]);
  });
}

/** `NOT_FOUND` for one person of a list. */
export function personNotFound(field: string, ids: readonly string[], id: string): GraphQLError {
  return notFound("user", `${field}[${ids.indexOf(id)}]`, id);
}
