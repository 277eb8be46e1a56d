// Reads when a server wants the next try.

const SECOND_MS = 1_000;
/** A longer wait is cut to this. */
const RETRY_AFTER_MAX_MS = 24 * 3_600_000;

/** A `Retry-After` header, seconds or a date, as milliseconds from now; undefined without one. */
export function retryAfterMs(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const waits = /^\d+$/.test(header.trim())
    ? Number(header) * SECOND_MS
    : Date.parse(header) - now.getTime();
  if (Number.isNaN(waits)) return undefined;
  return Math.min(Math.max(waits, 0), RETRY_AFTER_MAX_MS);
}
