// Stops what was started: at the end, or when a start fails half-way.

/** Stops one service or server, or releases one lock. */
export type Undo = () => Promise<void>;

/** Runs all, the last one first, even if some fail. Then throws the first failure. */
export async function undoAll(undos: Undo[]): Promise<void> {
  const failures: unknown[] = [];
  for (let undo = undos.pop(); undo; undo = undos.pop()) {
    await undo().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

/** Like Promise.all, but waits for all of them before it throws: then nothing is still starting. */
export async function settleAll<T extends readonly unknown[] | []>(
  work: T,
): Promise<{ -readonly [Index in keyof T]: Awaited<T[Index]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
