// When people are reminded of an event. Pure.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long before the start a reminder comes, and how late it may be: later there is none. */
export const REMINDERS = [
  { kind: "DAY", beforeMs: 24 * HOUR_MS, lateMs: 4 * HOUR_MS },
  { kind: "HOUR", beforeMs: HOUR_MS, lateMs: 45 * MINUTE_MS },
] as const;

export type ReminderKind = (typeof REMINDERS)[number]["kind"];

/** The starts of events of which people are reminded now: behind `from`, and up to `to`. */
export interface DueStarts {
  readonly kind: ReminderKind;
  readonly from: Date;
  readonly to: Date;
}

export function dueStarts(now: Date): DueStarts[] {
  return REMINDERS.map(({ kind, beforeMs, lateMs }) => ({
    kind,
    from: new Date(now.getTime() + beforeMs - lateMs),
    to: new Date(now.getTime() + beforeMs),
  }));
}
