// How long to wait before a retry. It counts nothing and runs nothing: the caller knows which retry
// it is, and when to give up.

interface BackoffOptions {
  /** The wait before the first retry. */
  readonly firstMs: number;
  /** No wait is longer, before jitter. */
  readonly maxMs?: number;
  /** Exponential waits double, linear ones grow by `firstMs`. */
  readonly growth?: "exponential" | "linear";
  /** Spreads each wait at random by this part of it: 0.5 gives half to one and a half of it. */
  readonly jitter?: number;
}

/** The wait in milliseconds before retry number `retry`, counted from 1. */
export function backoffMs(
  retry: number,
  { firstMs, maxMs = Number.POSITIVE_INFINITY, growth = "exponential", jitter = 0 }: BackoffOptions,
): number {
  const grown = growth === "linear" ? firstMs * retry : firstMs * 2 ** (retry - 1);
  return Math.min(grown, maxMs) * (1 - jitter + 2 * jitter * Math.random());
}
