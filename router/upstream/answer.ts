// Reads the HTTP response of a subgraph as a GraphQL response. Only the shape is checked; GraphQL
// errors in it are passed on.
import type { GraphQLError, GraphQLFormattedError } from "graphql";
import { fail } from "#kit/errors";

export interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: GraphQLFormattedError[];
}

const REFUSED_STATUSES = [401, 403];

/**
 * The GraphQL response in an HTTP response. Throws when there is none, and for 401 and 403: the
 * subgraph refused the router itself, and the credentials of the client have no part in that.
 */
export function readAnswer(answer: { readonly status: number; readonly text: string }): Answer {
  const { status, text } = answer;
  if (REFUSED_STATUSES.includes(status)) throw new Error(`the router was refused: ${status}`);
  const body = parseJson(text);
  if (!isRecord(body)) throw new Error(`no GraphQL answer: ${status}`);
  const { data = null, errors } = body;
  if (data !== null && !isRecord(data)) throw new Error(`data is no object: ${status}`);
  if (errors === undefined || errors === null) {
    if (data === null) throw new Error(`neither data nor errors: ${status}`);
    return { data };
  }
  if (!Array.isArray(errors) || !errors.every(isError)) throw new Error(`bad errors: ${status}`);
  return errors.length > 0 ? { data, errors } : { data };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isError(value: unknown): value is GraphQLFormattedError {
  return (
    isRecord(value) &&
    typeof value.message === "string" &&
    (value.path === undefined || value.path === null || Array.isArray(value.path)) &&
    (value.extensions === undefined || isRecord(value.extensions))
  );
}

export function deadlineExceeded(): GraphQLError {
  return fail("DEADLINE_EXCEEDED", "The operation took too long; ask for less or try again.");
}

export function unavailable(): GraphQLError {
  return fail("SUBGRAPH_UNAVAILABLE", "A part of the graph does not answer; try again.");
}
