// The results in text.
import { quantile } from "../measured.ts";
import type { Sent } from "./client.ts";
import type { Sightings, Steps, Watcher } from "./watch.ts";

/** When an id was seen. */
export function sighting(seen: Sightings, id: string): number {
  const at = seen.get(id);
  if (at === undefined) throw new Error(`a message did not arrive: ${id}`);
  return at;
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const PARTS = [
  "request: client, router, messaging, batcher, lock",
  "append, commit and publish",
  "wake-up to event at the other replica, its message read",
  "router: the event passed on",
  "router: the sender joined from users",
];

/** The quantiles of both latencies, in ms, and their ratios. */
export function latencyReport(ours: readonly number[], bare: readonly number[]): string {
  const lines = [0.5, 0.95, 0.99].map((part) => {
    const [a, b] = [quantile(ours, part), quantile(bare, part)];
    const times = `ours ${a.toFixed(1)} ms, bare ${b.toFixed(1)} ms`;
    return `p${part * 100}: ${times}, ratio ${(a / b).toFixed(2)}`;
  });
  return lines.join("\n");
}

/** The share of each step in the mean latency. All its watchers are work for the second replica. */
export function sharesReport(sent: readonly Sent[], steps: Steps, frames: Watcher): string {
  const ways = sent.map(({ clientId, askedAt, messageId, storedAt }) => [
    askedAt,
    storedAt,
    sighting(steps.wakeUps.seen, messageId),
    sighting(steps.subgraph.seen, clientId),
    sighting(steps.router.seen, clientId),
    sighting(frames.seen, clientId),
  ]);
  const between = (from: number, to: number) =>
    mean(ways.map((times) => (times.at(to) ?? Number.NaN) - (times.at(from) ?? Number.NaN)));
  const lines = PARTS.map((part, at) => {
    const share = (100 * between(at, at + 1)) / between(0, -1);
    return `${share.toFixed(0).padStart(4)} %  ${part}`;
  });
  return lines.join("\n");
}
