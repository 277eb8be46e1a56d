// Whether the server answers. No service worker does in its place.

/** A line that hangs is none. */
const ANSWER_MS = 8_000;

export function isReachable(): Promise<boolean> {
  const signal = AbortSignal.timeout(ANSWER_MS);
  return fetch(import.meta.env.BASE_URL, { method: "HEAD", cache: "no-store", signal }).then(
    () => true,
    () => false,
  );
}
