// Time zones by IANA's names of today: how a name is stored, and clocks. Node knows every name and
// alias, but answers with the names of CLDR, which keeps those that were once in use.

/** Names that CLDR keeps, and what IANA calls these zones today. */
const RENAMED: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

/**
 * The name under which a zone is stored: `europe/berlin` is `Europe/Berlin`, `Asia/Calcutta` is
 * `Asia/Kolkata`. Null for what is no zone, such as an offset.
 */
export function canonicalTimeZone(name: string): string | null {
  if (/^[+-]/.test(name)) return null;
  try {
    const known = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
    return RENAMED[known] ?? known;
  } catch {
    return null;
  }
}

/** How far the clocks of a zone are ahead of UTC at an instant. */
function offsetMs(timeZone: string, instant: Date): number {
  const format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  const part = format.formatToParts(instant).find(({ type }) => type === "timeZoneName");
  const [, sign, hours = "0", minutes = "0"] =
    /GMT(?:([+-])(\d\d):(\d\d))?/.exec(part?.value ?? "") ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/**
 * Moves an instant by as much as `from` moved to `to` on the clocks of a zone: what was at nine a
 * week before is at nine a week before, also when clocks change between.
 */
export function movedAlong(instant: Date, from: Date, to: Date, timeZone: string): Date {
  const byClock = (at: Date) => at.getTime() + offsetMs(timeZone, at);
  const wanted = byClock(instant) + byClock(to) - byClock(from);
  const near = new Date(wanted - offsetMs(timeZone, new Date(wanted)));
  return new Date(wanted - offsetMs(timeZone, near));
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The minute of the day on the clocks of a zone, 0 to 1439. */
export function minuteOfDay(instant: Date, timeZone: string): number {
  const clock = instant.getTime() + offsetMs(timeZone, instant);
  return Math.floor((((clock % DAY_MS) + DAY_MS) % DAY_MS) / MINUTE_MS);
}

/**
 * The first instant behind another at which the clocks of a zone show this minute of the day. One
 * that clocks leave out that day is as much later as they leave out.
 */
export function nextAtMinute(minute: number, instant: Date, timeZone: string): Date {
  const clock = instant.getTime() + offsetMs(timeZone, instant);
  const midnight = Math.floor(clock / DAY_MS) * DAY_MS;
  for (const day of [0, 1, 2]) {
    const wanted = midnight + day * DAY_MS + minute * MINUTE_MS;
    const near = new Date(wanted - offsetMs(timeZone, new Date(wanted)));
    const found = wanted - offsetMs(timeZone, near);
    if (found > instant.getTime()) return new Date(found);
  }
  throw new Error(`No clock shows minute ${minute} in ${timeZone}.`);
}
