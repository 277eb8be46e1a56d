// The report of each work: the ratios of our router to each peer, and below them the absolute
// figures, which depend on the machine.
import { median } from "../measured.ts";
import type { Figures, Measurement, Round } from "./rounds.ts";

/** Above this share the core of load and subgraphs was practically full. */
const FULL = 0.9;

const NAME_WIDTH = 22;
const COLUMN_GAP = 3;

/** The reported figures of a gateway, with their digits. */
const COLUMNS: readonly {
  readonly title: string;
  readonly digits: number;
  of(figures: Figures): number;
}[] = [
  { title: "requests/s", digits: 0, of: (figures) => figures.requestsPerSecond },
  { title: "p95 in ms", digits: 0, of: ({ p95Ms }) => p95Ms },
  { title: "µs of CPU a request", digits: 0, of: ({ cpuMicros }) => cpuMicros },
  { title: "subgraph calls", digits: 1, of: ({ calls }) => calls },
  { title: "load's share of core", digits: 2, of: ({ loadShare }) => loadShare },
];

/** Reports one work with one kind of keys. Ours is the first gateway. */
export function report({ work, keys, gateways, bytes }: Measurement, rounds: Round[]): string {
  const [ours = "", ...peers] = gateways.map(({ name }) => name);
  const size = Math.round((bytes.get(ours) ?? 0) / 1_024);
  return [
    `\n${work.name}, ${keys} keys, ${size} KB an answer`,
    ...peers.map((peer) => describeRatio(ours, peer, rounds)),
    line(["", ...COLUMNS.map(({ title }) => title)]),
    ...[ours, ...peers].map((name) => line([name, ...describeFigures(figuresOf(name, rounds))])),
    ...[ours, ...peers].filter((name) => isHeldBack(name, rounds)).map(describeHeldBack),
  ].join("\n  ");
}

function figuresOf(name: string, rounds: readonly Round[]): Figures[] {
  return rounds.flatMap((round) => round.get(name) ?? []);
}

function describeRatio(ours: string, peer: string, rounds: Round[]): string {
  const [own, theirs] = [figuresOf(ours, rounds), figuresOf(peer, rounds)];
  const ratio = (of: (figures: Figures) => number) => {
    const values = own.map(of);
    return spread(
      theirs.map((figures, at) => (values[at] ?? Number.NaN) / of(figures)),
      2,
    );
  };
  const speed = ratio(({ requestsPerSecond }) => requestsPerSecond);
  const cpu = ratio(({ cpuMicros }) => 1 / cpuMicros);
  return `ours / ${peer}: ${speed} in requests/s, ${cpu} in requests by CPU time`;
}

function describeFigures(figures: readonly Figures[]): string[] {
  return COLUMNS.map(({ digits, of }) => median(figures.map(of)).toFixed(digits));
}

function isHeldBack(name: string, rounds: readonly Round[]): boolean {
  return median(figuresOf(name, rounds).map(({ loadShare }) => loadShare)) > FULL;
}

function describeHeldBack(name: string): string {
  return `${name} was held back by load and subgraphs: it answers more than this.`;
}

function line([name = "", ...values]: readonly string[]): string {
  const widths = COLUMNS.map(({ title }) => title.length + COLUMN_GAP);
  return (
    name.padEnd(NAME_WIDTH) + values.map((value, at) => value.padStart(widths[at] ?? 0)).join("")
  );
}

/** The median, and the middle half. */
function spread(values: readonly number[], digits: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.round((sorted.length - 1) * share)] ?? Number.NaN).toFixed(digits);
  return `${median(values).toFixed(digits)} (${at(0.25)} to ${at(0.75)})`;
}
