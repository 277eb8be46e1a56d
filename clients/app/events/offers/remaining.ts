// The time that is left of an offer: as people read it, and the few moments at which screen readers
// say it.

const [SECOND_MS, MINUTE_MS, HOUR_MS, DAY_MS] = [1_000, 60_000, 3_600_000, 86_400_000];

/** Screen readers say the time left when an offer appears, and when so much is left. */
const TOLD_MS = [HOUR_MS, 10 * MINUTE_MS, 5 * MINUTE_MS, MINUTE_MS];

const UNITS = [
  ["day", DAY_MS],
  ["hour", HOUR_MS],
  ["minute", MINUTE_MS],
  ["second", SECOND_MS],
] as const;

/** The two largest units: `1 day, 2 hrs`, `4 mins, 9 secs`, `8 secs`. */
export function formatRemaining(
  ms: number,
  locale: string,
  unitDisplay: "short" | "long" = "short",
): string {
  const left = Math.max(0, Math.ceil(ms / SECOND_MS) * SECOND_MS);
  const first = UNITS.findIndex(([, size]) => left >= size);
  const shown = first === -1 ? UNITS.slice(-1) : UNITS.slice(first, first + 2);
  const texts = shown.map(([unit, size], at) => {
    const count = Math.floor((at === 0 ? left : left % (shown[0]?.[1] ?? size)) / size);
    const format = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay });
    return { count, text: format.format(count) };
  });
  const said = texts.filter(({ count }, at) => at === 0 || count > 0).map(({ text }) => text);
  return new Intl.ListFormat(locale, { type: "unit", style: unitDisplay }).format(said);
}

/** When the shown text changes next: each second within the last hour, each minute before. */
export function nextChangeIn(ms: number): number {
  const step = ms > HOUR_MS ? MINUTE_MS : SECOND_MS;
  return ms % step || step;
}

/** Whether one of the moments has come since the reader was told last. */
export function isTold(ms: number, lastTold: number): boolean {
  return ms > 0 && TOLD_MS.some((moment) => ms <= moment && moment < lastTold);
}
