// The work of this process in the last seconds, in plain numbers: its summary for operators is made
// of them. Metrics are for longer times.

/** The bounds of durations in seconds; each count is of those above the bound before. */
export const TALLY_SECONDS = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 15, 30,
];
/** Over how many seconds a summary counts. */
export const TALLY_WINDOW_SECONDS = 10;

/** The counts of a period. */
export interface Tally {
  readonly requests: number;
  /** Of them, those that failed on our side. */
  readonly failures: number;
  /** Requests by duration: up to each of TALLY_SECONDS, and longer. */
  readonly durations: readonly number[];
  /** Events that were written to clients, by the time since they were stored. */
  readonly deliveries: readonly number[];
}

export interface Tallies {
  request(seconds: number, isFailure: boolean): void;
  delivery(seconds: number): void;
  /** Call it each second: what happened in the last TALLY_WINDOW_SECONDS. */
  roll(): Tally;
}

interface Second {
  requests: number;
  failures: number;
  readonly durations: number[];
  readonly deliveries: number[];
}

export function createTallies(): Tallies {
  let now = emptySecond();
  let seconds: Second[] = [];
  return {
    request(duration, isFailure) {
      now.requests += 1;
      if (isFailure) now.failures += 1;
      add(now.durations, duration);
    },
    delivery: (delay) => add(now.deliveries, delay),
    roll() {
      seconds = [...seconds, now].slice(-TALLY_WINDOW_SECONDS);
      now = emptySecond();
      return sumOf(seconds);
    },
  };
}

/** Those of this process. */
export const tallies = createTallies();

function emptySecond(): Second {
  return { requests: 0, failures: 0, durations: noCounts(), deliveries: noCounts() };
}

function noCounts(): number[] {
  return new Array<number>(TALLY_SECONDS.length + 1).fill(0);
}

function add(counts: number[], seconds: number): void {
  const found = TALLY_SECONDS.findIndex((bound) => seconds <= bound);
  const index = found === -1 ? TALLY_SECONDS.length : found;
  counts[index] = (counts[index] ?? 0) + 1;
}

/** All together. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const total = (numberOf: (tally: Tally) => number) =>
    tallies.reduce((sum, tally) => sum + numberOf(tally), 0);
  const counts = (of: (tally: Tally) => readonly number[]) =>
    noCounts().map((_zero, index) => total((tally) => of(tally)[index] ?? 0));
  return {
    requests: total(({ requests }) => requests),
    failures: total(({ failures }) => failures),
    durations: counts(({ durations }) => durations),
    deliveries: counts(({ deliveries }) => deliveries),
  };
}

/**
 * The time in seconds that `share` of the counted ones took at most, between two bounds by
 * proportion, as Prometheus does it; null of none. Above the last bound it is that bound.
 */
export function quantileOf(counts: readonly number[], share: number): number | null {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  let left = all * share;
  let from = 0;
  for (const [index, bound] of TALLY_SECONDS.entries()) {
    const count = counts[index] ?? 0;
    if (count > 0 && left <= count) return from + (bound - from) * (left / count);
    left -= count;
    from = bound;
  }
  return from;
}

/** The state of a process now: open sockets and subscriptions, jobs that are due. */
export type Level = "sockets" | "subscriptions" | "dueJobs";

const levels = new Map<Level, Set<() => number>>();

/** Reads `read` for each summary, until the returned function is called. */
export function watchLevel(level: Level, read: () => number): () => void {
  const readers = levels.get(level) ?? new Set();
  levels.set(level, readers.add(read));
  return () => void readers.delete(read);
}

/** Counts one until the returned function is called. */
export function countOpen(level: Level): () => void {
  return watchLevel(level, () => 1);
}

/** Zero where nothing of the kind is watched. */
export function levelOf(level: Level): number {
  return [...(levels.get(level) ?? [])].reduce((sum, read) => sum + read(), 0);
}
