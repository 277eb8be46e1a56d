// The facts of one request while it runs, found by the work below it: its span, and the
// number of its SQL statements. A statement that serves several requests counts for the one that
// started it.
import { AsyncLocalStorage } from "node:async_hooks";
import type { Span } from "#kit/telemetry/spans";

interface Scope {
  /** Null unless the trace is sampled. */
  readonly span: Span | null;
  /** Of the request; undefined outside of one. */
  readonly sent: { statements: number } | undefined;
}

const scopes = new AsyncLocalStorage<Scope>();

/** Runs `work` as a request of its own, also after it has returned a promise. */
export function inScope<T>(span: Span | null, work: () => T): T {
  return scopes.run({ span, sent: { statements: 0 } }, work);
}

/** Runs `work` as a part of the current request that has a span of its own, or none. */
export function withSpan<T>(span: Span | null, work: () => T): T {
  return scopes.run({ span, sent: scopes.getStore()?.sent }, work);
}

/** The span that the current work belongs to. */
export function activeSpan(): Span | null {
  return scopes.getStore()?.span ?? null;
}

/** Call it before each statement. */
export function countStatement(): void {
  const sent = scopes.getStore()?.sent;
  if (sent) sent.statements += 1;
}

/** The number of statements so far, with BEGIN and COMMIT; undefined outside of a request. */
export function statementsSoFar(): number | undefined {
  return scopes.getStore()?.sent?.statements;
}
