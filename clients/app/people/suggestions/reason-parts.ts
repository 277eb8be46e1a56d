// How much of a reason is shown.

const NAMED_MAX = 3;

/** The first names, and how many others there are. One other is named rather than counted. */
export function namedOf(names: readonly string[]) {
  const isLong = names.length > NAMED_MAX + 1;
  const named = isLong ? names.slice(0, NAMED_MAX) : names;
  return { named, others: names.length - named.length };
}

/** 1 to 3: how much a reason counts beside the strongest one. */
export function meterOf(contribution: number, greatest: number): number {
  const share = greatest > 0 ? contribution / greatest : 0;
  if (share > 2 / 3) return 3;
  return share > 1 / 3 ? 2 : 1;
}
