// What the summaries of all processes say together.
import type { Reading } from "#kit/telemetry/summary-feed";
import type { BudgetCounts, Summary } from "#kit/telemetry/summary-store";
import { quantileOf, sumOf, TALLY_WINDOW_SECONDS } from "#kit/telemetry/tally";

/** A process that says nothing for longer is silent: it is dead, or does not reach Redis. */
const SILENT_MS = 5_000;
/** Clients meet this service; the others serve it. */
const DOOR = "router";
const MB = 1_000_000;

/** The figures of the graph's `OpsStats`. */
export function statsOf({ at, summaries, budgets }: Reading) {
  const alive = summaries.filter((summary) => !isSilent(summary, at));
  const doors = alive.filter(({ service }) => service === DOOR);
  const sum = (of: (summary: Summary) => number) =>
    alive.reduce((total, each) => total + of(each), 0);
  return {
    at: new Date(at),
    ...ratesOf(doors),
    openSockets: sum(({ sockets }) => sockets),
    openSubscriptions: sum(({ subscriptions }) => subscriptions),
    deliveryP95Ms: p95MsOf(sumOf(doors).deliveries),
    dueJobs: dueJobsOf(alive),
    budgets: [...budgets].map(([name, counts]) => budgetOf(name, counts)).sort(byName),
    processes: summaries.map((summary) => processOf(summary, at)).sort(byService),
  };
}

function isSilent(summary: Summary, at: number): boolean {
  return at - summary.at > SILENT_MS;
}

/** Replicas of one worker count the same jobs. */
function dueJobsOf(summaries: readonly Summary[]): number {
  const byService = new Map<string, number>();
  for (const { service, dueJobs } of summaries) {
    byService.set(service, Math.max(byService.get(service) ?? 0, dueJobs));
  }
  return [...byService.values()].reduce((sum, count) => sum + count, 0);
}

function ratesOf(summaries: readonly Summary[]) {
  const { requests, failures, durations } = sumOf(summaries);
  return {
    requestsPerSecond: requests / TALLY_WINDOW_SECONDS,
    failuresPerSecond: failures / TALLY_WINDOW_SECONDS,
    requestP95Ms: p95MsOf(durations),
  };
}

function p95MsOf(counts: readonly number[]): number | null {
  const seconds = quantileOf(counts, 0.95);
  return seconds === null ? null : Math.round(seconds * 1_000);
}

function budgetOf(name: string, { target, bad, all }: BudgetCounts) {
  return { name, target, left: all === 0 ? null : 1 - bad / all / (1 - target) };
}

function processOf(summary: Summary, at: number) {
  const { id, service, startedAt, eventLoopMs, memoryBytes } = summary;
  return {
    instance: id,
    service,
    startedAt: new Date(startedAt),
    seenAt: new Date(summary.at),
    isSilent: isSilent(summary, at),
    ...ratesOf([summary]),
    eventLoopMs: Math.round(eventLoopMs),
    memoryMb: Math.round(memoryBytes / MB),
  };
}

type Named = { readonly name: string };
type Process = { readonly service: string; readonly startedAt: Date; readonly instance: string };

function byName(one: Named, other: Named): number {
  return compare(one.name, other.name);
}

function byService(one: Process, other: Process): number {
  return (
    compare(one.service, other.service) ||
    one.startedAt.getTime() - other.startedAt.getTime() ||
    compare(one.instance, other.instance)
  );
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
