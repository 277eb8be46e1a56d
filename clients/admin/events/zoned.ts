// Times on the clock of a place, as fields of forms have them, and the moments that they are.

const MINUTE_MS = 60_000;

/** The clock of a zone at a moment: `2026-12-02T18:30`. */
export function localOf(moment: Date | string, timeZone: string): string {
  const at = new Date(moment);
  return new Date(at.getTime() + offsetMs(at, timeZone)).toISOString().slice(0, 16);
}

/**
 * The moment at which the clock of a zone shows a time; null for what is no time. An hour that
 * comes twice is the first one; a time that the clock jumps over is as long after the jump.
 */
export function momentOf(local: string, timeZone: string): Date | null {
  const asUtc = Date.parse(`${local}Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) || Number.isNaN(asUtc)) return null;
  // No clock changes twice in two days: these are the offsets before and after a change.
  const day = 24 * 60 * MINUTE_MS;
  const [before, after] = [asUtc - day, asUtc + day].map((at) => offsetMs(new Date(at), timeZone));
  const candidates = [asUtc - (before ?? 0), asUtc - (after ?? 0)].sort((one, two) => one - two);
  const fitting = candidates.find((at) => at + offsetMs(new Date(at), timeZone) === asUtc);
  return new Date(fitting ?? asUtc - (before ?? 0));
}

/** Whether the browser knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** By how much the clock of the zone is ahead of UTC. */
function offsetMs(at: Date, timeZone: string): number {
  const parts = formatterOf(timeZone).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const [hour, minute, second] = [part("hour"), part("minute"), part("second")];
  const shown = Date.UTC(part("year"), part("month") - 1, part("day"), hour, minute, second);
  return shown - Math.floor(at.getTime() / 1_000) * 1_000;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "iso8601",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formatters.set(timeZone, made);
  return made;
}
