// What became of the promises of ops/slo.ts since this router started, counted by its metrics as
// Prometheus would. What other services measure is left to Prometheus.
import type { Registry } from "prom-client";
import { readMetric, type Sample } from "#kit/telemetry/metrics";
import type { BudgetCounts, BudgetPeriod } from "#kit/telemetry/summary-store";
import { type Condition, type Indicator, SLOS, type Slo } from "../../ops/slo.ts";

/** Reads the metrics of this process, and those of the router in `registry`. */
export async function readBudgets(
  registry: Registry,
  slos: readonly Slo[] = SLOS,
): Promise<BudgetPeriod> {
  const counted = slos.map(async ({ name, target, indicator }) => {
    const samples = await readMetric(indicator.metric, registry);
    const counts = samples && countsOf(indicator, samples);
    return counts ? [[name, { target, ...counts }] as const] : [];
  });
  return new Map((await Promise.all(counted)).flat());
}

type Counts = Omit<BudgetCounts, "target">;

/** Null of a level, which is bad for a time, and not for a number of requests. */
function countsOf(indicator: Indicator, samples: readonly Sample[]): Counts | null {
  if (indicator.kind === "level") return null;
  const { metric, where } = indicator;
  const meant = samples.filter(({ labels }) => where.every((each) => isMet(each, labels)));
  const sum = (isCounted: (sample: Sample) => boolean) =>
    meant.filter(isCounted).reduce((total, { value }) => total + value, 0);
  if (indicator.kind === "outcomes") {
    const bad = sum(({ labels }) => labels.outcome === "failed");
    return { bad, all: bad + sum(({ labels }) => labels.outcome === "ok") };
  }
  const all = sum(({ name }) => name === `${metric}_count`);
  const isInTime = ({ name, labels }: Sample) =>
    name === `${metric}_bucket` && Number(labels.le) === indicator.seconds;
  return { bad: all - sum(isInTime), all };
}

function isMet({ label, is, values }: Condition, labels: Sample["labels"]): boolean {
  return values.includes(String(labels[label])) === (is === "in");
}
