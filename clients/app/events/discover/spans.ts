// The times of filters, by the reader's own calendar: a day there begins at their midnight.

export const WHENS = ["today", "weekend", "week", "month"] as const;
export type When = (typeof WHENS)[number];

/** From `after` to `before`, without it; null where the present or nothing limits it. */
export interface Span {
  readonly after: Date | null;
  readonly before: Date | null;
}

const SUNDAY = 0;
const SATURDAY = 6;

/** Weeks end on Sunday night; on a Saturday or Sunday, this weekend is the one that runs. */
export function spanOf(when: When, now: Date): Span {
  const day = now.getDay();
  const toMonday = day === SUNDAY ? 1 : 8 - day;
  switch (when) {
    case "today":
      return { after: null, before: dayIn(now, 1) };
    case "weekend": {
      const isOn = day === SUNDAY || day === SATURDAY;
      return { after: isOn ? null : dayIn(now, SATURDAY - day), before: dayIn(now, toMonday) };
    }
    case "week":
      return { after: null, before: dayIn(now, toMonday) };
    case "month":
      return { after: null, before: new Date(now.getFullYear(), now.getMonth() + 1, 1) };
  }
}

/** Whole days from the first to the last, written as `2026-12-04`. */
export function ownSpan(from: string | undefined, to: string | undefined, now: Date): Span {
  const after = from === undefined ? null : midnightOf(from);
  const last = to === undefined ? null : midnightOf(to);
  return {
    after: after && after > now ? after : null,
    before: last && dayIn(last, 1),
  };
}

/** A date as an address has it; null for one that no calendar has. */
export function midnightOf(text: string): Date | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return null;
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
  const midnight = new Date(year, month - 1, day);
  const isThere = midnight.getMonth() === month - 1 && midnight.getDate() === day;
  // Years before 100 are other years for `Date`.
  return isThere && midnight.getFullYear() === year ? midnight : null;
}

/** Midnight that many days on; days of 23 or 25 hours are days too. */
function dayIn(at: Date, days: number): Date {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + days);
}

/** `4 – 6 Dec`; open ranges in the words of `say`. */
export function formatRange(
  from: string | undefined,
  to: string | undefined,
  locale: string,
  say: (name: "since" | "until", day: string) => string,
): string {
  const format = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
  const [first, last] = [from, to].map((day) => (day === undefined ? null : midnightOf(day)));
  if (first && last) return format.formatRange(first, last);
  if (first) return say("since", format.format(first));
  return last ? say("until", format.format(last)) : "";
}
