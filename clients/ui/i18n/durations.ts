// Lengths of time as people read them.

/** A time to wait, rounded up: `12 seconds`, `3 minutes`. */
export function formatWait(ms: number, locale: string): string {
  const seconds = Math.ceil(ms / 1_000);
  const [unit, count] =
    seconds < 60 ? (["second", seconds] as const) : (["minute", Math.ceil(seconds / 60)] as const);
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count);
}

/** The length of a recording: `0:07`, `12:30`. */
export function formatLength(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
