// Whether two kinds of requests can be told apart by their times, however small the difference is:
// they are taken in pairs in random order, so that noise of the machine meets both alike.
import { randomInt } from "node:crypto";

type Request = (round: number) => Promise<unknown>;

/**
 * How far apart the times of two kinds of requests are that must be told apart. On a busy machine
 * noise hides the difference from few rounds: up to four times as many are taken.
 */
export async function distanceOfUnequal(
  one: Request,
  other: Request,
  { rounds, warmUp = 10 }: { readonly rounds: number; readonly warmUp?: number },
): Promise<number> {
  const times: [number[], number[]] = [[], []];
  for (let taken = 0; taken < 4; taken += 1) {
    const more = await timesInPairs(one, other, { rounds, warmUp: taken === 0 ? warmUp : 0 });
    times[0].push(...more[0]);
    times[1].push(...more[1]);
    if (distance(times) > APART) break;
  }
  return distance(times);
}

/** The times of both in milliseconds. The first rounds warm up, and do not count. */
export async function timesInPairs(
  one: Request,
  other: Request,
  { rounds, warmUp = 10 }: { readonly rounds: number; readonly warmUp?: number },
): Promise<readonly [readonly number[], readonly number[]]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const first = randomInt(2);
    for (const which of [first, 1 - first]) {
      const startedAt = performance.now();
      await (which === 0 ? one : other)(round);
      const ms = performance.now() - startedAt;
      if (round >= warmUp) times[which === 0 ? 0 : 1].push(ms);
    }
  }
  return times;
}

/**
 * How far apart two samples are: the z of Mann and Whitney's test of ranks, without a sign. Of
 * equal distributions it is above 4 once in 16,000 runs; it does not care for outliers.
 */
export function distance([one, other]: readonly [readonly number[], readonly number[]]): number {
  const all = [
    ...one.map((ms) => ({ ms, isOne: true })),
    ...other.map((ms) => ({ ms, isOne: false })),
  ];
  all.sort((a, b) => a.ms - b.ms);
  const rankSum = all.reduce((sum, { isOne }, at) => sum + (isOne ? at + 1 : 0), 0);
  const [n, m] = [one.length, other.length];
  const expected = (n * (n + m + 1)) / 2;
  return Math.abs(rankSum - expected) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

/** Above this distance, the two were told apart. */
export const APART = 4;
