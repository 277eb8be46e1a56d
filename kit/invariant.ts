// Says what must be true. A broken invariant is a bug: the request ends, the facts are logged, the
// client sees a trace id.

/** A bug that was caught in the act; `facts` are for the log and never leave the process. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(message: string, facts: Readonly<Record<string, unknown>>) {
    super(message);
    this.facts = facts;
  }
}

/** Ends the request with an {@link InvariantError} unless `condition` holds. */
export function invariant(
  condition: unknown,
  message: string,
  facts: Readonly<Record<string, unknown>> = {},
): asserts condition {
  if (!condition) throw new InvariantError(message, facts);
}
