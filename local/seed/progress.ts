// Reports the progress of a long step, without a line for every item.

const SILENCE_MS = 1_000;

/** Call the result once for each item. It reports `people 23 of 51` each second and at the end. */
export function counter(
  what: string,
  total: number,
  onProgress: (message: string) => void,
): () => void {
  let done = 0;
  let reportedAt = performance.now();
  return () => {
    done += 1;
    const now = performance.now();
    if (done < total && now - reportedAt < SILENCE_MS) return;
    reportedAt = now;
    onProgress(`${what} ${done} of ${total}`);
  };
}
