// What of an error leaves the router, on both transports: a code of the registry, a path, and for
// everything unknown a trace id in place of the text. Service names, plans, stack traces and secret
// values stay inside.
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { ERROR_CODES, type ErrorCode, isErrorCode, maskError } from "#kit/errors";
import { type Log, type Origin, reportError } from "#kit/service/logger";
import { inOurWords } from "./library-messages.ts";

const MESSAGE_LENGTH_MAX = 500;

/**
 * Extensions that other software adds and no client may see; `http` is Apollo Server's own
 * instruction.
 */
const PRIVATE_EXTENSIONS = [
  "http",
  "exception",
  "stacktrace",
  "serviceName",
  "queryPlan",
  "validationErrorCode",
];

/** What a client may see of `error`. It carries its own trace id if it has one, else `traceId`. */
export function clientError(error: unknown, traceId: string): GraphQLError {
  const { message, path, nodes, source, positions, extensions } = maskError(error, traceId);
  const facts = Object.entries(extensions).filter(([name]) => !PRIVATE_EXTENSIONS.includes(name));
  return new GraphQLError(presentable(inOurWords(message)), {
    extensions: Object.fromEntries(facts),
    ...(path?.length && { path }),
    ...(nodes && { nodes }),
    ...(source && { source }),
    ...(positions && { positions }),
  });
}

/**
 * graphql-js repeats a refused variable as it arrived and again in the reason. The router refuses
 * bad variables itself, without that; this is for what a subgraph alone finds wrong.
 */
function presentable(message: string): string {
  const variable = /^Variable "(\$[^"]*)" got invalid value /.exec(message)?.[1];
  if (variable) {
    const path = /^.* at "([\w.[\]]+)"; /s.exec(message)?.[1];
    const expected = /; (?:Expected type "(\w+)"|(\w+) cannot represent)/.exec(message);
    const type = expected?.[1] ?? expected?.[2] ?? "value";
    return `${path ?? variable} is not a valid ${type}.`;
  }
  return message.length > MESSAGE_LENGTH_MAX ? `${message.slice(0, MESSAGE_LENGTH_MAX)}…` : message;
}

/**
 * The same error with an HTTP status, that of its code, and, where it says when to try again, the
 * header that does, for Apollo Server to send.
 */
export function withHttpStatus(
  error: GraphQLError,
  status: number = ERROR_CODES[codeOf(error)].httpStatus,
): GraphQLError {
  const { message, extensions } = error;
  const { retryAfterMs } = extensions;
  const http = {
    status,
    ...(typeof retryAfterMs === "number" && {
      headers: new Map([["retry-after", String(Math.ceil(retryAfterMs / 1000))]]),
    }),
  };
  return new GraphQLError(message, { extensions: { ...extensions, http }, originalError: error });
}

export function codeOf(error: GraphQLError): ErrorCode {
  const code = error.extensions.code;
  return isErrorCode(code) ? code : "INTERNAL_SERVER_ERROR";
}

/** Makes a GraphQL error of anything thrown. */
export function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}

/** Errors as they came in an answer, made into errors again. */
export function fromFormatted(errors: readonly GraphQLFormattedError[]): GraphQLError[] {
  return errors.map(
    ({ message, path, extensions }) =>
      new GraphQLError(message, { ...(path && { path }), ...(extensions && { extensions }) }),
  );
}

/**
 * All errors with which an operation ends, as a client may see them: an iterator can throw only one
 * thing.
 */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly errors: readonly GraphQLFormattedError[];

  constructor(errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message);
    this.errors = errors;
  }
}

/** Logs every bug, and one error for each other code: a dead subgraph may cost a hundred fields. */
export function logErrors(log: Log, errors: readonly GraphQLError[], origin: Origin): void {
  const seen = new Set<ErrorCode>();
  for (const error of errors) {
    const code = codeOf(error);
    if (code !== "INTERNAL_SERVER_ERROR" && seen.has(code)) continue;
    seen.add(code);
    reportError(log, error, origin);
  }
}
