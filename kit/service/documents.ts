// The documents that a subgraph is asked for over sockets, each read and validated once: a router
// sends the same few again and again. What they are run with is checked at each run.
import { type DocumentNode, type GraphQLError, type GraphQLSchema, parse, validate } from "graphql";
import { LRUCache } from "lru-cache";
import { fail } from "#kit/errors";

export type ParsedDocument =
  | { readonly kind: "valid"; readonly document: DocumentNode }
  | { readonly kind: "invalid"; readonly errors: readonly GraphQLError[] };

const REMEMBERED_MAX = 1_000;
/** Longer ones are rare, and would fill the memory. */
const REMEMBERED_LENGTH_MAX = 20_000;

/** How documents are read over `schema`. */
export function documentParser(schema: GraphQLSchema): (query: string) => ParsedDocument {
  const known = new LRUCache<string, ParsedDocument>({ max: REMEMBERED_MAX });
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
