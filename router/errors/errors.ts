// Makes the client's version of an error, for both transports: a code of the registry, a path, and
// for an unknown error a trace id instead of the message. Clients never see service names, query
// plans, stack traces or secret values.
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { ERROR_CODES, type ErrorCode, isErrorCode, maskError } from "#kit/errors";
import { type Log, type Origin, reportError } from "#kit/service/logger";
import { withoutLibraryNames } from "./library-messages.ts";

const MESSAGE_LENGTH_MAX = 500;

/**
 * Extensions that libraries add and no client may see. Apollo Server reads `http`.
 */
const PRIVATE_EXTENSIONS = [
  "http",
  "exception",
  "stacktrace",
  "serviceName",
  "queryPlan",
  "validationErrorCode",
];

/** The client's version of `error`. `traceId` is used unless the error has its own. */
export function clientError(error: unknown, traceId: string): GraphQLError {
  const { message, path, nodes, source, positions, extensions } = maskError(error, traceId);
  const facts = Object.entries(extensions).filter(([name]) => !PRIVATE_EXTENSIONS.includes(name));
  return new GraphQLError(presentable(withoutLibraryNames(message)), {
    extensions: Object.fromEntries(facts),
    ...(path?.length && { path }),
    ...(nodes && { nodes }),
    ...(source && { source }),
    ...(positions && { positions }),
  });
}

/**
 * graphql-js repeats the value of a refused variable in its message. The router checks variables
 * itself, so this is for those that only a subgraph refuses.
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
 * The same error with an HTTP status for Apollo Server: by default that of its code. With
 * `retryAfterMs` it also has a `Retry-After` header.
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

/** A GraphQL error from any thrown value. */
export function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}

/** Error objects from the errors of an answer. */
export function fromFormatted(errors: readonly GraphQLFormattedError[]): GraphQLError[] {
  return errors.map(
    ({ message, path, extensions }) =>
      new GraphQLError(message, { ...(path && { path }), ...(extensions && { extensions }) }),
  );
}

/**
 * All errors of an operation that ends, as a client may see them. An iterator can throw only one
 * value.
 */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly errors: readonly GraphQLFormattedError[];

  constructor(errors: readonly GraphQLFormattedError[]) {
    super(errors[0]?.message);
    this.errors = errors;
  }
}

/** Logs every bug, but one error per other code: a dead subgraph gives one for each field. */
export function logErrors(log: Log, errors: readonly GraphQLError[], origin: Origin): void {
  const seen = new Set<ErrorCode>();
  for (const error of errors) {
    const code = codeOf(error);
    if (code !== "INTERNAL_SERVER_ERROR" && seen.has(code)) continue;
    seen.add(code);
    reportError(log, error, origin);
  }
}
