// The events of one inbox that were sent and, as far as we know, not acknowledged. A client that
// never acknowledges costs a bounded list.
import type { Position } from "./rules.ts";

export interface Unacknowledged {
  /** An event was sent; once acknowledged, its client is at these positions. */
  add(positions: readonly Position[]): void;
  /** `count` more events were acknowledged. Returns the last position of each stream in them. */
  acknowledge(count: number): Position[];
}

/** Consecutive events that count as acknowledged together, with the last of them. */
interface Run {
  readonly count: number;
  /** The last seq of each stream. */
  readonly seqs: ReadonlyMap<string, number>;
}

const RUNS_MAX = 1_024;

/** Beyond `runsMax` runs, neighbours are merged: then marks move later, never too early. */
export function createUnacknowledged(runsMax = RUNS_MAX): Unacknowledged {
  let runs: Run[] = [];
  /** Acknowledged events of the first run. */
  let acknowledged = 0;
  return {
    add(positions) {
      const seqs = new Map(positions.map(({ streamId, seq }) => [streamId, seq]));
      runs.push({ count: 1, seqs });
      if (runs.length > runsMax) runs = inPairs(runs);
    },
    acknowledge(count) {
      acknowledged += count;
      const whole: Run[] = [];
      for (let run = runs[0]; run && run.count <= acknowledged; run = runs[0]) {
        acknowledged -= run.count;
        whole.push(run);
        runs.shift();
      }
      return [...lastSeqs(whole)].map(([streamId, seq]) => ({ streamId, seq }));
    },
  };
}

function inPairs(runs: readonly Run[]): Run[] {
  const pairs: Run[] = [];
  for (let at = 0; at < runs.length; at += 2) {
    const pair = runs.slice(at, at + 2);
    const count = pair.reduce((sum, run) => sum + run.count, 0);
    pairs.push({ count, seqs: lastSeqs(pair) });
  }
  return pairs;
}

function lastSeqs(runs: readonly Run[]): Map<string, number> {
  return new Map(runs.flatMap(({ seqs }) => [...seqs]));
}
