// The summaries of all processes, added up.
import type { Reading } from "#kit/telemetry/summary-feed";
import type { BudgetCounts, Summary } from "#kit/telemetry/summary-store";
import { quantileOf, sumOf, TALLY_WINDOW_SECONDS } from "#kit/telemetry/tally";

/** A process that says nothing for longer is silent: it is dead, or does not reach Redis. */
const SILENT_MS = 5_000;
/** Clients meet this service; the others serve it. */
const DOOR = "router";
const MB = 1_000_000;
const BUDGETS_MAX = 10;
const SERVICES_MAX = 20;

/** The figures of the graph's `OpsStats`. */
export function statsOf({ at, summaries, budgets }: Reading) {
  const alive = summaries.filter((summary) => !isSilent(summary, at));
  const doors = alive.filter(({ service }) => service === DOOR);
  const sum = (of: (summary: Summary) => number) =>
    alive.reduce((total, each) => total + of(each), 0);
  return {
    readAt: new Date(at),
    ...ratesOf(doors),
    openSockets: sum(({ sockets }) => sockets),
    openSubscriptions: sum(({ subscriptions }) => subscriptions),
    deliveryP95Ms: p95MsOf(sumOf(doors).deliveries),
    dueJobs: dueJobsOf(alive),
    budgets: [...budgets]
      .map(([name, counts]) => budgetOf(name, counts))
      .sort(byName)
      .slice(0, BUDGETS_MAX),
    services: [...byService(summaries)]
      .map(([name, processes]) => serviceOf(name, processes, at))
      .sort(byName)
      .slice(0, SERVICES_MAX),
  };
}

function isSilent(summary: Summary, at: number): boolean {
  return at - summary.at > SILENT_MS;
}

/** Replicas of one worker count the same jobs. */
function dueJobsOf(summaries: readonly Summary[]): number {
  const counts = [...byService(summaries).values()].map((processes) =>
    Math.max(...processes.map(({ dueJobs }) => dueJobs)),
  );
  return counts.reduce((sum, count) => sum + count, 0);
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

function serviceOf(name: string, summaries: readonly Summary[], at: number) {
  const alive = summaries.filter((summary) => !isSilent(summary, at));
  const memoryBytes = alive.reduce((sum, process) => sum + process.memoryBytes, 0);
  return {
    name,
    processes: alive.length,
    silentProcesses: summaries.length - alive.length,
    startedAt: new Date(Math.max(...summaries.map(({ startedAt }) => startedAt))),
    seenAt: new Date(Math.min(...summaries.map((summary) => summary.at))),
    ...ratesOf(alive),
    eventLoopMs: Math.max(0, ...alive.map(({ eventLoopMs }) => Math.round(eventLoopMs))),
    memoryMb: Math.round(memoryBytes / MB),
  };
}

function byService(summaries: readonly Summary[]): Map<string, Summary[]> {
  const services = new Map<string, Summary[]>();
  for (const summary of summaries) {
    services.set(summary.service, [...(services.get(summary.service) ?? []), summary]);
  }
  return services;
}

type Named = { readonly name: string };

function byName(one: Named, other: Named): number {
  return compare(one.name, other.name);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
