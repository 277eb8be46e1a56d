// Checks conditions that only a bug can break. A broken invariant ends the request and logs the
// facts; the client gets a trace id.

/** A bug; `facts` are for the log and never leave the process. */
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
