// Reads what a subgraph answered. Only the shape is checked here; what the errors mean is the
// client's business.
import { type GraphQLFormattedError, Kind, parse } from "graphql";

export interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: GraphQLFormattedError[];
}

const REFUSED_STATUSES = [401, 403];

/**
 * The GraphQL answer in an HTTP answer. Throws when there is none, and when the status says that
 * the subgraph refused the router itself: that is no concern of the client's credentials.
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

/**
 * Where the answer to a request would have been: its root fields, or each of the entities it asked
 * for. The executor turns these into paths of the client's operation.
 */
export function rootPaths(
  query: string,
  variables: Readonly<Record<string, unknown>>,
): (string | number)[][] {
  const representations = variables.representations;
  if (Array.isArray(representations)) return representations.map((_, at) => ["_entities", at]);
  const paths = parse(query, { noLocation: true }).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? definition.selectionSet.selections.flatMap((selection) =>
          selection.kind === Kind.FIELD ? [[(selection.alias ?? selection.name).value]] : [],
        )
      : [],
  );
  return paths.length > 0 ? paths : [[]];
}
