// Failures of jobs: what a handler throws to say that another attempt is useless or must wait, and
// the reason that admins see.
import { GraphQLError } from "graphql";

interface JobFailureOptions extends ErrorOptions {
  /** True when another attempt cannot succeed: the job is given up at once. */
  readonly isPermanent?: boolean;
  /** The wait before the next attempt, instead of the kind's backoff. */
  readonly retryAfterMs?: number;
}

/** A failure that the handler understands. Admins see `reason`: it has no personal data. */
export class JobFailure extends Error {
  override readonly name = "JobFailure";
  readonly isPermanent: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(reason: string, options: JobFailureOptions = {}) {
    super(reason, options);
    this.isPermanent = options.isPermanent ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/**
 * The reason of a failure for admins. Of an error that no handler made it is only name and code,
 * because the message may quote what people have entered; the log has the rest.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof JobFailure) return error.message;
  if (!(error instanceof Error)) return "It failed with something that is no error.";
  const { code } = error instanceof GraphQLError ? error.extensions : (error as { code?: unknown });
  const known = typeof code === "string" || typeof code === "number" ? ` (${code})` : "";
  return `${error.name}${known}: the log of the worker has the details.`;
}
