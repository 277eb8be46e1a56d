// The closed registry of error codes, how to raise one, and how any thrown value becomes an error
// for clients. Refusals that a user can act on are Problems in the schema, not errors.
import { GraphQLError } from "graphql";
import { describeReceived } from "#kit/input/formats";
import { isOutage } from "#kit/outage";

type LogLevel = "debug" | "info" | "warn" | "error";

interface ErrorKind {
  readonly meaning: string;
  readonly httpStatus: number;
  readonly isRetryable: boolean;
  readonly logLevel: LogLevel;
}

function kind(
  meaning: string,
  httpStatus: number,
  logLevel: LogLevel = "info",
  isRetryable = false,
): ErrorKind {
  return { meaning, httpStatus, isRetryable, logLevel };
}

/** Every code that may leave the router; the second part is Apollo's own. */
export const ERROR_CODES = {
  UNAUTHENTICATED: kind("Sign in, or send a token that is still valid.", 401),
  FORBIDDEN: kind("The viewer may not do this.", 403),
  BAD_USER_INPUT: kind("The input breaks the contract; the message names the field.", 400),
  NOT_FOUND: kind("There is no such thing, or the viewer may not know of it.", 404),
  CONFLICT: kind("Somebody else was faster; read again and retry.", 409, "info", true),
  RATE_LIMITED: kind("Too many requests; wait `retryAfterMs`.", 429, "warn", true),
  OPERATION_TOO_COMPLEX: kind("The operation asks for more than the limits allow.", 400, "warn"),
  DEADLINE_EXCEEDED: kind("The operation took too long.", 504, "warn", true),
  SUBGRAPH_UNAVAILABLE: kind("A part of the graph does not answer.", 503, "warn", true),
  RESYNC_REQUIRED: kind("The stream cannot go on from there; read the state again.", 409),
  INTERNAL_SERVER_ERROR: kind("A bug; quote the trace id.", 500, "error"),
  BAD_REQUEST: kind("The request is not a GraphQL request.", 400),
  GRAPHQL_PARSE_FAILED: kind("The document is not GraphQL.", 400),
  GRAPHQL_VALIDATION_FAILED: kind("The document does not fit the schema.", 400),
  OPERATION_RESOLUTION_FAILURE: kind("The document has no such operation.", 400),
  PERSISTED_QUERY_NOT_FOUND: kind("Send the document with its hash.", 200, "debug", true),
  PERSISTED_QUERY_NOT_SUPPORTED: kind("Persisted queries are off.", 200, "debug"),
  PERSISTED_QUERY_ID_REQUIRED: kind("Only registered documents run, asked for by id.", 400),
  QUERY_NOT_IN_SAFELIST: kind("Only registered documents run, and this is none.", 400),
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERROR_CODES;

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(ERROR_CODES, code);
}

/** Makes an error with a code of the registry; `facts` become public extensions. */
export function fail(
  code: ErrorCode,
  message: string,
  facts: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...facts } });
}

/** The rule that an input breaks, for programs: apps explain it in their reader's language. */
export type ViolationRule =
  | "REQUIRED"
  | "TYPE"
  | "UNKNOWN_FIELD"
  | "MIN"
  | "MAX"
  | "MIN_LENGTH"
  | "MAX_LENGTH"
  | "MAX_ITEMS"
  | "EMAIL"
  | "TIME_ZONE"
  | "CLOCK"
  | "LANGUAGE"
  | "URL"
  | "HTTPS_URL"
  | "CURRENCY"
  /** A text with characters that it may not have. */
  | "CHARACTERS"
  | "OTHER";

/** One mistake in an input; `field` is its path from the argument, for example `input.capacity`. */
export interface Violation {
  readonly field: string;
  readonly message: string;
  readonly received: string | number | boolean | null;
  /** Default: `OTHER`. */
  readonly rule?: ViolationRule;
  /** The number in a rule about sizes. */
  readonly limit?: number;
}

/**
 * `BAD_USER_INPUT` with all mistakes at once; the first is also in `field` and `received`.
 */
export function badInput(violations: readonly [Violation, ...Violation[]]): GraphQLError {
  const [first] = violations;
  return fail(
    "BAD_USER_INPUT",
    violations.map((each) => `${each.field} ${each.message}`).join("; "),
    {
      field: first.field,
      received: first.received,
      violations: violations.map((each) => ({ rule: "OTHER", ...each })),
    },
  );
}

/** `UNAUTHENTICATED`, for what only signed-in people may do. */
export function signInFirst(): GraphQLError {
  return fail("UNAUTHENTICATED", "Sign in to do this.");
}

/** `NOT_FOUND`, worded the same for a missing thing and for one that the viewer may not see. */
export function notFound(thing: string, field: string, received: string): GraphQLError {
  const shown = describeReceived(received, false);
  return fail("NOT_FOUND", `There is no ${thing} ${shown.text}.`, {
    field,
    received: shown.received,
  });
}

const RETRY_AFTER_OUTAGE_MS = 1_000;

export const MASKED_MESSAGE = "Something went wrong on our side. Quote the trace id to support.";

/**
 * Makes the client's view of any thrown value: errors of the registry as they are, outages as
 * `SUBGRAPH_UNAVAILABLE`, all else as `INTERNAL_SERVER_ERROR` with the trace id and no text.
 */
export function maskError(error: unknown, traceId: string): GraphQLError {
  const known = error instanceof GraphQLError ? error : undefined;
  const options = {
    ...(known?.path && { path: known.path }),
    ...(known?.nodes && { nodes: known.nodes }),
    ...(known?.source && { source: known.source }),
    ...(known?.positions && { positions: known.positions }),
  };
  const code = known?.extensions.code;
  if (known && isErrorCode(code) && code !== "INTERNAL_SERVER_ERROR") {
    const { stacktrace: _, serviceName: __, ...facts } = known.extensions;
    return new GraphQLError(known.message, { ...options, extensions: facts });
  }
  if (isOutage(known?.originalError ?? error)) {
    return new GraphQLError("This part of the graph does not answer right now; try again.", {
      ...options,
      extensions: { code: "SUBGRAPH_UNAVAILABLE", retryAfterMs: RETRY_AFTER_OUTAGE_MS },
    });
  }
  const upstreamTraceId = known?.extensions.traceId;
  return new GraphQLError(MASKED_MESSAGE, {
    ...options,
    extensions: {
      code: "INTERNAL_SERVER_ERROR",
      traceId: typeof upstreamTraceId === "string" ? upstreamTraceId : traceId,
    },
  });
}
