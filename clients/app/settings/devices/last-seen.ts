// When a device was last used, in words. Devices tell it about every 15 minutes while they are
// used.

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

const SINCE = { dateStyle: "medium", timeStyle: "short" } as const;

/** `30 Nov 2026, 02:58`. */
export function formatSince(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, SINCE).format(new Date(at));
}

const LATELY_MS = 20 * 60_000;

/** `3 hours ago`, `yesterday`; null for a device that may be in use now. */
export function formatAgo(at: string, now: Date, locale: string): string | null {
  // A clock that is behind makes it the future.
  const ms = now.getTime() - Date.parse(at);
  if (ms < LATELY_MS) return null;
  const [unit, length] = UNITS.find(([, each]) => ms >= each) ?? UNITS[2];
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  return format.format(-Math.floor(ms / length), unit);
}
