// Repeatable randomness: a run prints its seed, and `CHAOS_SEED` repeats its choices, though not
// the timing.
import { randomInt } from "node:crypto";

/** The next number of a sequence, from 0 to below 1. */
export type Random = () => number;

const SEED_MAX = 2 ** 32;

/** A sequence by Mulberry32, which is good enough for a shuffle. Prints its seed. */
export function seededRandom(): Random {
  const seed = Number(process.env.CHAOS_SEED || randomInt(SEED_MAX));
  console.log(`CHAOS_SEED=${seed} repeats the choices of this run`);
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / SEED_MAX;
  };
}

/** The same items in another order. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
