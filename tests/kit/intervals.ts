// The bound that a token bucket must keep in every interval. An interval after a long rest finds a
// bucket that saves up too much, which the total would not show.

/** An amount taken from a bucket at a time; negative for a refund. */
export interface Taking {
  readonly at: number;
  readonly amount: number;
}

/**
 * The greatest excess of any interval: what was taken, minus refunds, minus `burst`, minus the
 * inflow of `perTime` a unit of time. Negative if no interval exceeds the bound. Takings at one
 * time count as one, because their order is unknown.
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
