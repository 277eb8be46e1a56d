// What a token bucket must keep in every interval, whenever it begins: also one that begins behind
// a long rest, at which a bucket that saves up would be seen and the total would not show it.

/** What was taken from a bucket at a time; negative when it was given back. */
export interface Taking {
  readonly at: number;
  readonly amount: number;
}

/**
 * The most that was taken in any interval, what was given back in it taken off, over `burst` and
 * what flowed in meanwhile, `perTime` in a unit of time; below 0 when less was. Takings of one time
 * count as one: which of them was first is not known.
 */
export function greatestExcess(
  takings: readonly Taking[],
  { burst, perTime }: { readonly burst: number; readonly perTime: number },
): number {
  const sums = new Map<number, number>();
  for (const { at, amount } of takings) sums.set(at, (sums.get(at) ?? 0) + amount);
  const moments = [...sums].sort(([one], [other]) => one - other);
  let greatest = -burst;
  for (const [first, [beginsAt]] of moments.entries()) {
    let taken = 0;
    for (const [at, amount] of moments.slice(first)) {
      taken += amount;
      greatest = Math.max(greatest, taken - burst - (at - beginsAt) * perTime);
    }
  }
  return greatest;
}
