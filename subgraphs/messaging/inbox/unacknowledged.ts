// The events of one inbox that were handed out and that its client has not received yet, as far as
// we know. A client that never says so costs a bounded list.
import type { Position } from "./rules.ts";

export interface Unacknowledged {
  /** An event was handed out, whose receipt says that its client is at these positions. */
  add(positions: readonly Position[]): void;
  /** So many more were received, in their order: the last position of each stream in them. */
  receive(count: number): Position[];
}

/** Events one after the other, of which none counts as received before the last. */
interface Run {
  readonly count: number;
  /** The last seq of each stream. */
  readonly seqs: ReadonlyMap<string, number>;
}

const RUNS_MAX = 1_024;

/** Beyond `runsMax` runs, neighbours are joined: marks move later then, never too early. */
export function createUnacknowledged(runsMax = RUNS_MAX): Unacknowledged {
  let runs: Run[] = [];
  /** Received events of the first run. */
  let received = 0;
  return {
    add(positions) {
      const seqs = new Map(positions.map(({ streamId, seq }) => [streamId, seq]));
      runs.push({ count: 1, seqs });
      if (runs.length > runsMax) runs = inPairs(runs);
    },
    receive(count) {
      received += count;
      const whole: Run[] = [];
      for (let run = runs[0]; run && run.count <= received; run = runs[0]) {
        received -= run.count;
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
