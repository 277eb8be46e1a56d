// The errors that callers see. Refusals that a user can act on are no errors: they are Problems in
// the data.

/** An error as the router sends it. */
export interface RawError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>> & { readonly code?: unknown };
}

/** The graph answered with errors. The codes are those of the router, such as `NOT_FOUND`. */
export class GraphError extends Error {
  override readonly name = "GraphError";
  /** Of the first error. */
  readonly code: string;
  readonly errors: readonly RawError[];

  constructor(message: string, code: string, errors: readonly RawError[]) {
    super(message);
    this.code = code;
    this.errors = errors;
  }
}

export function graphErrorOf(errors: readonly RawError[]): GraphError {
  const [first] = errors;
  const code = first?.extensions?.code;
  return new GraphError(
    first?.message ?? "",
    typeof code === "string" ? code : "INTERNAL_SERVER_ERROR",
    errors,
  );
}

/** There was no answer. A mutation may have happened. */
export class NetworkError extends Error {
  override readonly name = "NetworkError";

  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** The router closed the socket for a reason that another try does not change. */
export class SocketClosedError extends Error {
  override readonly name = "SocketClosedError";
  readonly code: number;

  constructor(code: number, reason: string) {
    super(`The socket was closed with ${code} ${reason}`.trim());
    this.code = code;
  }
}

export function signedOutError(): GraphError {
  return ownError("Nobody is signed in.", "UNAUTHENTICATED");
}

/** Events of a stream are lost. */
export function resyncError(): GraphError {
  return ownError("Events are lost: read the state again.", "RESYNC_REQUIRED");
}

/** An error that the router would send, if it knew. */
function ownError(message: string, code: string): GraphError {
  return new GraphError(message, code, [{ message, extensions: { code } }]);
}

const RETRYABLE = [
  "UNAUTHENTICATED",
  "CONFLICT",
  "RATE_LIMITED",
  "DEADLINE_EXCEEDED",
  "SUBGRAPH_UNAVAILABLE",
];

/** Whether the same operation may succeed later. */
export function isRetryable(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  return error instanceof GraphError && RETRYABLE.includes(error.code);
}
