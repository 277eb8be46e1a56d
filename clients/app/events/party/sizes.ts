// The sizes of a party that can be chosen.

interface Limits {
  readonly capacity: number;
  readonly partySizeMax: number;
}

/** From one to the largest that may register. A party that is larger already can keep its size. */
export function sizesOf({ capacity, partySizeMax }: Limits, present = 1): number[] {
  const largest = Math.max(1, Math.min(capacity, partySizeMax));
  const sizes = Array.from({ length: largest }, (_, at) => at + 1);
  return present > largest ? [...sizes, present] : sizes;
}
