// The deadline of an operation: one timer for all its fetches.

export interface Deadline {
  isOver(): boolean;
  /** Calls back when it is over, unless the returned function cancels that first. */
  whenOver(onOver: () => void): () => void;
  /** Stops the timer: nobody is called back any more. */
  cancel(): void;
}

/** A deadline at `at`, in ms since the epoch. */
export function createDeadline(at: number): Deadline {
  const callbacks = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  return {
    isOver: () => Date.now() >= at,
    whenOver(onOver) {
      callbacks.add(onOver);
      timer ??= setTimeout(() => {
        for (const each of [...callbacks]) each();
      }, at - Date.now());
      return () => callbacks.delete(onOver);
    },
    cancel: () => clearTimeout(timer),
  };
}
