// The promises of ops/slo.ts since this router started: kept or not, counted by its metrics as
// Prometheus would. What other services measure is left to Prometheus.
import type { Registry } from "prom-client";
import { readMetric } from "#kit/telemetry/metrics";
import type { BudgetPeriod } from "#kit/telemetry/summary-store";
import { countsIn } from "../../ops/counts.ts";
import { SLOS, type Slo } from "../../ops/slo.ts";

/** Reads the metrics of this process, and those of the router in `registry`. */
export async function readBudgets(
  registry: Registry,
  slos: readonly Slo[] = SLOS,
): Promise<BudgetPeriod> {
  const counted = slos.map(async ({ name, target, indicator }) => {
    // A level is bad for a time, and not for a number of requests.
    if (indicator.kind === "level") return [];
    const samples = await readMetric(indicator.metric, registry);
    return samples ? [[name, { target, ...countsIn(indicator, samples) }] as const] : [];
  });
  return new Map((await Promise.all(counted)).flat());
}
