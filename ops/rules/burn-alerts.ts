// Alerts of promises that are being broken: the budget is spent so fast that it will not last.
import { BAD_MIN, BURNS, type Burn, budgetSpentBy, WINDOW_SECONDS } from "../burn.ts";
import { PERIOD_DAYS, SLOS, type Slo } from "../slo.ts";
import type { Alert } from "./alert.ts";
import { BAD_RATE, BUDGET_LEFT, badRatio } from "./recording.ts";

export function burnAlerts(): readonly Alert[] {
  return [...SLOS.flatMap((slo) => BURNS.map((burn) => burnAlert(slo, burn))), SPENT];
}

function burnAlert({ name, alert, target, title }: Slo, burn: Burn): Alert {
  const { factor, long, short, severity } = burn;
  const of = `{slo="${name}"}`;
  // Without the rounding, 1 - 0.999 is 0.0010000000000000009.
  const limit = Number((factor * (1 - target)).toFixed(6));
  const expr = [
    `${badRatio(long)}${of} > ${limit}`,
    `${badRatio(short)}${of} > ${limit}`,
    `avg_over_time(${BAD_RATE}${of}[${long}]) * ${WINDOW_SECONDS[long]} >= ${BAD_MIN}`,
  ].join("\nand ");
  const spent = Math.round(budgetSpentBy(burn) * 100);
  return {
    alert,
    expr,
    severity,
    labels: { long },
    summary:
      `${title}: the budget is spent at ${factor} times the rate that lasts ${PERIOD_DAYS} days, ` +
      `and ${spent} % of it went in ${long}.`,
  };
}

const SPENT: Alert = {
  alert: "BudgetSpent",
  expr: `${BUDGET_LEFT} <= 0`,
  for: "1h",
  severity: "ticket",
  summary: `The error budget of {{ $labels.slo }} is spent: nothing is left of ${PERIOD_DAYS} days'.`,
};
