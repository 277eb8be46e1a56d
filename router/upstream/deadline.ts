// When an operation must have its answer: one timer for all that it asks of subgraphs.

export interface Deadline {
  isOver(): boolean;
  /** Calls back when it is over, unless that is called off first. */
  whenOver(onOver: () => void): () => void;
  /** Nothing waits for it any more. */
  cancel(): void;
}

/** A deadline at `at`, in ms since the epoch. */
export function createDeadline(at: number): Deadline {
  const waiting = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  return {
    isOver: () => Date.now() >= at,
    whenOver(onOver) {
      waiting.add(onOver);
      timer ??= setTimeout(() => {
        for (const each of [...waiting]) each();
      }, at - Date.now());
      return () => waiting.delete(onOver);
    },
    cancel: () => clearTimeout(timer),
  };
}
