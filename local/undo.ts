// Starts several things so that a failure half-way stops the ones already started.

/** Stops one thing that was started. */
export type Undo = () => Promise<void>;

/** Runs all, the last pushed first, even if some fail; then throws the first failure. */
export async function undoAll(undos: Undo[]): Promise<void> {
  const failures: unknown[] = [];
  for (let undo = undos.pop(); undo; undo = undos.pop()) {
    await undo().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

/**
 * Like Promise.all, but waits for the others when one fails: nothing is still starting when it
 * throws.
 */
export async function settleAll<T extends readonly unknown[] | []>(
  work: T,
): Promise<{ -readonly [Index in keyof T]: Awaited<T[Index]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
