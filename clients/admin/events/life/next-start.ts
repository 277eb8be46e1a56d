// When an event that is used again probably starts.
import { localOf, momentOf } from "../zoned.ts";

const WEEK_MS = 7 * 24 * 3_600_000;

/** The same weekday and clock time, in the first week that is after both the event and now. */
export function nextStart(startsAt: string, timeZone: string, now: Date): Date {
  const first = new Date(startsAt);
  const passed = Math.max(0, now.getTime() - first.getTime());
  const weeks = Math.floor(passed / WEEK_MS) + 1;
  const day = new Date(first.getTime() + weeks * WEEK_MS);
  // The clock may have changed between.
  const time = localOf(first, timeZone).slice(11);
  return momentOf(`${localOf(day, timeZone).slice(0, 10)}T${time}`, timeZone) ?? day;
}
