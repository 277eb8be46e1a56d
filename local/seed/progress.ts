// Says how far a long step is, without a line for every item.

const SILENCE_MS = 1_000;

/** Call the result once for each item: it says `people 23 of 51`, each second and at the end. */
export function counter(
  what: string,
  total: number,
  onProgress: (message: string) => void,
): () => void {
  let done = 0;
  let saidAt = performance.now();
  return () => {
    done += 1;
    const now = performance.now();
    if (done < total && now - saidAt < SILENCE_MS) return;
    saidAt = now;
    onProgress(`${what} ${done} of ${total}`);
  };
}
