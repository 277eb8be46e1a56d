// What a run says: of each work the ratios, ours by each peer's, and below them what they were made
// of. Alone those are the machine's more than the gateways'.
import { median } from "../measured.ts";
import type { Gateway } from "./gateways.ts";
import type { Figures, Measurement, Round } from "./rounds.ts";

/** Above this the core of load and subgraphs was as good as full. */
const FULL = 0.9;

/** What one work with one kind of keys came to; ours is the first gateway. */
export function report({ work, keys, gateways, bytes }: Measurement, rounds: Round[]): string {
  const [ours, ...peers] = gateways;
  const lines = peers.map((peer) => describeRatio(ours, peer, rounds));
  const size = Math.round((bytes.get(ours?.name ?? "") ?? 0) / 1_024);
  const title = `${work.name}, ${keys} keys (an answer has ${size} KB)`;
  return [title, ...lines, ...describeGateways(gateways, rounds)].join("\n  ");
}

function describeRatio(ours: Gateway | undefined, peer: Gateway, rounds: Round[]): string {
  const of = (figure: (figures: Figures) => number) => {
    const ratios = rounds.map((round) => {
      const [a, b] = [round.get(ours?.name ?? ""), round.get(peer.name)];
      return a && b ? figure(a) / figure(b) : Number.NaN;
    });
    return spread(ratios, 2);
  };
  const speed = of(({ requestsPerSecond }) => requestsPerSecond);
  const cpu = of(({ cpuMicros }) => 1 / cpuMicros);
  return `ours / ${peer.name}: requests/s ${speed}, requests by CPU ${cpu}`;
}

function describeGateways(gateways: readonly Gateway[], rounds: Round[]): string[] {
  return gateways.map(({ name }) => {
    const of = (figure: (figures: Figures) => number, digits = 0) =>
      spread(
        rounds.flatMap((round) => (round.has(name) ? [figure(round.get(name) as Figures)] : [])),
        digits,
      );
    const load = median(rounds.map((round) => round.get(name)?.loadShare ?? Number.NaN));
    const held = load > FULL ? " (held back by load and subgraphs)" : "";
    return [
      `${name}: ${of((figures) => figures.requestsPerSecond)} requests/s${held}`,
      `p95 ${of(({ p95Ms }) => p95Ms)} ms`,
      `${of(({ cpuMicros }) => cpuMicros)} µs CPU a request`,
      `${of(({ calls }) => calls, 1)} subgraph calls`,
      `load ${load.toFixed(2)} of its core`,
    ].join(", ");
  });
}

/** The median, and the middle half. */
function spread(values: readonly number[], digits: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN).toFixed(digits);
  return `${median(values).toFixed(digits)} (${at(0.25)} to ${at(0.75)})`;
}
