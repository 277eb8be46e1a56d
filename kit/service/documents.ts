// Parses and validates the documents that arrive over sockets, and caches them: a router sends the
// same few again and again. Variables are checked at each execution.
import { type DocumentNode, type GraphQLError, type GraphQLSchema, parse, validate } from "graphql";
import { fail } from "#kit/errors";
import { MeasuredCache } from "#kit/telemetry/caches";

export type ParsedDocument =
  | { readonly kind: "valid"; readonly document: DocumentNode }
  | { readonly kind: "invalid"; readonly errors: readonly GraphQLError[] };

const REMEMBERED_MAX = 1_000;
/** Longer ones are rare, and would use much memory. */
const REMEMBERED_LENGTH_MAX = 20_000;

/** A function that parses and validates documents against `schema`. */
export function documentParser(schema: GraphQLSchema): (query: string) => ParsedDocument {
  const known = new MeasuredCache<string, ParsedDocument>("documents", { max: REMEMBERED_MAX });
  return (query) => {
    const remembered = known.get(query);
    if (remembered) return remembered;
    const read = parseDocument(schema, query);
    if (read.kind === "valid" && query.length <= REMEMBERED_LENGTH_MAX) known.set(query, read);
    return read;
  };
}

function parseDocument(schema: GraphQLSchema, query: string): ParsedDocument {
  try {
    const document = parse(query, { noLocation: true });
    const errors = validate(schema, document);
    if (errors.length === 0) return { kind: "valid", document };
    return { kind: "invalid", errors: errors.map(invalid) };
  } catch (error) {
    const message = error instanceof Error ? error.message : "not GraphQL";
    return { kind: "invalid", errors: [fail("GRAPHQL_PARSE_FAILED", message)] };
  }
}

function invalid(error: GraphQLError): GraphQLError {
  return fail("GRAPHQL_VALIDATION_FAILED", error.message);
}
