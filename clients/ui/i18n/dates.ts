// Times and days as people read them, in their language and time zone. A day is a calendar day
// there, however many hours it has.

export interface DateReader {
  /** As `Intl` takes it: `en-GB`, `fr`. */
  readonly locale: string;
  /** Any moment of the reader's present day. */
  readonly now: Date;
  /** Default: the device's. */
  readonly timeZone?: string;
}

type Moment = Date | string;

const TIME = { timeStyle: "short" } as const;
const MOMENT = { dateStyle: "medium", timeStyle: "short" } as const;
const FULL = { dateStyle: "full", timeStyle: "short" } as const;
const DAY_MS = 86_400_000;

/** The time alone: `14:05`. */
export function formatTime(at: Moment, reader: DateReader): string {
  return format(at, reader, TIME);
}

/** Day and time in full, for people who point at a short one. */
export function formatFull(at: Moment, reader: DateReader): string {
  return format(at, reader, FULL);
}

/** Day and time, short, always with the year: `2 Dec 2026, 14:05`. */
export function formatMoment(at: Moment, reader: DateReader): string {
  return format(at, reader, MOMENT);
}

/** A month with its year: `November 2026`. */
export function formatMonth(at: Moment, reader: DateReader): string {
  return format(at, reader, { month: "long", year: "numeric" });
}

/** A day as a heading: `Today`, `Yesterday`, `Monday`, `Monday 9 November`, with other years. */
export function formatDay(at: Moment, reader: DateReader): string {
  const age = daysAgo(at, reader);
  if (age === 0 || age === 1) return relative(age, reader.locale);
  if (age > 1 && age < 7) return capitalized(format(at, reader, { weekday: "long" }), reader);
  const year = isThisYear(at, reader) ? {} : ({ year: "numeric" } as const);
  const text = format(at, reader, { weekday: "long", day: "numeric", month: "long", ...year });
  return capitalized(text, reader);
}

/** Short, for lists: today's time, `Yesterday`, `Mon`, `9 Nov`, `09/11/2025`. */
export function formatListTime(at: Moment, reader: DateReader): string {
  const age = daysAgo(at, reader);
  // A device whose clock is behind sees messages of tomorrow.
  if (age <= 0) return formatTime(at, reader);
  if (age === 1) return relative(age, reader.locale);
  if (age < 7) return capitalized(format(at, reader, { weekday: "short" }), reader);
  if (isThisYear(at, reader)) return format(at, reader, { day: "numeric", month: "short" });
  return format(at, reader, { day: "2-digit", month: "2-digit", year: "numeric" });
}

/** Which calendar day it is for the reader: a number that grows by one each day. */
export function dayNumber(at: Moment, timeZone?: string): number {
  const parts = formatter("en", {
    calendar: "iso8601",
    numberingSystem: "latn",
    day: "numeric",
    month: "numeric",
    year: "numeric",
    ...(timeZone !== undefined && { timeZone }),
  }).formatToParts(new Date(at));
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(part("year"), part("month") - 1, part("day")) / DAY_MS;
}

function daysAgo(at: Moment, { now, timeZone }: DateReader): number {
  return dayNumber(now, timeZone) - dayNumber(at, timeZone);
}

function isThisYear(at: Moment, { now, timeZone }: DateReader): boolean {
  const yearOf = (moment: Moment) =>
    new Date(dayNumber(moment, timeZone) * DAY_MS).getUTCFullYear();
  return yearOf(at) === yearOf(now);
}

function relative(daysAgo: 0 | 1, locale: string): string {
  const text = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-daysAgo, "day");
  return capitalized(text, { locale });
}

function capitalized(text: string, { locale }: Pick<DateReader, "locale">): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

function format(at: Moment, reader: DateReader, options: Intl.DateTimeFormatOptions): string {
  const { locale, timeZone } = reader;
  const zone = timeZone === undefined ? {} : { timeZone };
  return formatter(locale, { ...options, ...zone }).format(new Date(at));
}

/** They are slow to make, and lists need the same ones for each row. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  formatters.set(key, made);
  return made;
}
