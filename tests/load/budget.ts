// Prints how much of each error budget a load has burnt, by the promises of ops/slo.ts.
import { burnRateOf } from "../../ops/burn.ts";
import { PERIOD_DAYS, SLOS } from "../../ops/slo.ts";
import type { Tally } from "../../ops/tally.ts";

const DAY_MS = 86_400_000;

/** One line for each promise. A burn rate of 1 uses its budget up in exactly its period. */
export function budgetLines(tally: Tally, loadMs: number): string[] {
  return SLOS.map((slo) => {
    const counts = tally.countsOf(slo.name);
    if (counts.all === 0) return `${slo.name}: nothing was counted`;
    const burnRate = burnRateOf(slo, counts);
    const part = (burnRate * loadMs) / (PERIOD_DAYS * DAY_MS);
    return (
      `${slo.name}: ${((100 * counts.bad) / counts.all).toFixed(2)} % of ` +
      `${Math.round(counts.all)} bad, burn rate ${burnRate.toFixed(1)}, ` +
      `${(100 * part).toFixed(3)} % of the budget of ${PERIOD_DAYS} days`
    );
  });
}
