// Counts the SQL statements of a request, for the log line of its answer. A statement that serves
// several requests counts for the one that started it.
import { AsyncLocalStorage } from "node:async_hooks";

const counting = new AsyncLocalStorage<{ statements: number }>();

/** Runs `work` and counts its statements from 0, also after it has returned a promise. */
export function countStatements<T>(work: () => T): T {
  return counting.run({ statements: 0 }, work);
}

/** Call it before each statement. */
export function countStatement(): void {
  const count = counting.getStore();
  if (count) count.statements += 1;
}

/** The number of statements so far, with BEGIN and COMMIT; undefined outside of a count. */
export function statementsSoFar(): number | undefined {
  return counting.getStore()?.statements;
}
