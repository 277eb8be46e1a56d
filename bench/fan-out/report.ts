// The report of a run: ratios of our router to the bare server, and below them the absolute
// figures, which depend on the machine.
import { median, quantile } from "../measured.ts";
import type { Figures } from "./rounds.ts";

type Rounds = readonly Figures[];

const perCpuSecond = ({ deliveries, cpuSeconds }: Figures) => deliveries / cpuSeconds;
const latenciesOf = (rounds: Rounds) => rounds.flatMap(({ latenciesMs }) => latenciesMs);
const perSecond = ({ deliveries, seconds }: Figures) => deliveries / seconds;

/** Reports rounds with a fixed number of events in flight. */
export function describe(title: string, ours: Rounds, bare: Rounds): string {
  return [
    `\n${title}: ours / bare ${ratio(ours, bare, perCpuSecond)} in deliveries by CPU time, ` +
      `${ratio(ours, bare, perSecond)} in deliveries a second`,
    ...[ours, bare].map((rounds, at) => line(["ours", "bare"][at] ?? "", rounds)),
    `${callsByEvent(ours)} calls to another subgraph an event`,
  ].join("\n  ");
}

/** Reports rounds with a fixed number of events a second. */
export function describeSteady(title: string, ours: Rounds, bare: Rounds): string {
  const times = (rounds: Rounds) =>
    [0.5, 0.95, 0.99].map((part) => quantile(latenciesOf(rounds), part).toFixed(1)).join(" / ");
  return [
    `\n${title}: p50 / p95 / p99 from send to last delivery, in ms`,
    `ours ${times(ours)}, bare ${times(bare)}, database and Redis included`,
    `ours / bare ${ratio(ours, bare, perCpuSecond)} in deliveries by CPU time`,
    ...[ours, bare].map((rounds, at) => line(["ours", "bare"][at] ?? "", rounds)),
    `${callsByEvent(ours)} calls to another subgraph an event`,
  ].join("\n  ");
}

function line(name: string, rounds: Rounds): string {
  const micros = median(rounds.map((round) => 1e6 / perCpuSecond(round)));
  const share = median(rounds.map(({ cpuSeconds, seconds }) => cpuSeconds / seconds));
  return (
    `${name}: ${median(rounds.map(perSecond)).toFixed(0)} deliveries/s, ` +
    `${micros.toFixed(1)} µs of CPU each, ${(share * 100).toFixed(0)} % of its core`
  );
}

function callsByEvent(rounds: Rounds): string {
  const sum = (of: (figures: Figures) => number) =>
    rounds.reduce((total, figures) => total + of(figures), 0);
  return (sum(({ calls }) => calls) / sum(({ events }) => events)).toFixed(2);
}

/** The median of the ratios of all rounds, and the middle half. */
function ratio(ours: Rounds, bare: Rounds, of: (figures: Figures) => number): string {
  const ratios = ours.flatMap((figures, at) => {
    const peer = bare[at];
    return peer ? [of(figures) / of(peer)] : [];
  });
  const sorted = ratios.sort((a, b) => a - b);
  const at = (part: number) =>
    (sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN).toFixed(2);
  return `${at(0.5)} (${at(0.25)} to ${at(0.75)})`;
}
