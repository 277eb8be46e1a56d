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
