// When a demo event begins: a wall clock time in its own zone, some days from now. Hours that a
// clock change skips or repeats are not supported.

const DAY_MS = 86_400_000;

export interface LocalTime {
  /** ISO 8601: 1 is Monday, 7 is Sunday. */
  readonly weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7;
  /** Takes the first such weekday that is at least this many calendar days away in the zone. */
  readonly daysAhead: number;
  /** 24 hours: `18:30`. */
  readonly at: `${number}:${number}`;
}

/** The instant at which the zone's clocks show `time`, counted from the zone's date at `now`. */
export function upcoming(time: LocalTime, timeZone: string, now: Date): Date {
  const today = Math.floor(wallClockMs(now, timeZone) / DAY_MS);
  const earliest = today + time.daysAhead;
  const day = earliest + ((time.weekday - weekdayOf(earliest) + 7) % 7);
  const [hours = 0, minutes = 0] = time.at.split(":").map(Number);
  return instantOf(day * DAY_MS + (hours * 60 + minutes) * 60_000, timeZone);
}

/** The time that the zone's clocks show at `instant`, in ms, read as if it were UTC. */
export function wallClockMs(instant: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "iso8601",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const parts = format.formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((each) => each.type === type)?.value);
  return Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
}

/** Computes the offset twice: the first may be from the other side of a clock change. */
function instantOf(wallMs: number, timeZone: string): Date {
  const offsetMsAt = (ms: number) => wallClockMs(new Date(ms), timeZone) - ms;
  const guess = wallMs - offsetMsAt(wallMs);
  return new Date(wallMs - offsetMsAt(guess));
}

/** The ISO weekday of a day counted from 1970-01-01, which was a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
