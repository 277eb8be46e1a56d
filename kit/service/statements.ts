// Counts the SQL statements of a request, for the line with which a subgraph logs its answer. What
// serves several requests at once counts for the one that began it.
import { AsyncLocalStorage } from "node:async_hooks";

const counting = new AsyncLocalStorage<{ statements: number }>();

/** Runs `work`, and counts from 0 what it sends, also after it has returned a promise. */
export function countStatements<T>(work: () => T): T {
  return counting.run({ statements: 0 }, work);
}

/** One more is about to be sent. */
export function countStatement(): void {
  const count = counting.getStore();
  if (count) count.statements += 1;
}

/** How many have been sent, BEGIN and COMMIT included; undefined where nobody counts. */
export function statementsSoFar(): number | undefined {
  return counting.getStore()?.statements;
}
