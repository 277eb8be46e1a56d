// How long ago something was, in words.

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** `5 minutes ago`; null within the first minute, and for a clock that was ahead. */
export function formatAge(ageMs: number, locale: string): string | null {
  const found = UNITS.find(([, each]) => ageMs >= each);
  if (!found) return null;
  const [unit, length] = found;
  return new Intl.RelativeTimeFormat(locale).format(-Math.floor(ageMs / length), unit);
}
