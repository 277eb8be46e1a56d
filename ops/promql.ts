// Writes the queries of Prometheus for indicators, so that rules and dashboards ask alike.
import type { Condition, Indicator } from "./slo.ts";

/** The job of all our processes in Prometheus. */
export const JOB = "meetinity";

/** How often a level is read within a window. */
const LEVEL_STEP = "30s";

/** `name{kind="query",operation!~"A|B"}`. */
export function selector(metric: string, where: readonly Condition[] = []): string {
  const matchers = where.map(({ label, is, values }) => {
    const isOne = values.length === 1;
    const operator = is === "in" ? (isOne ? "=" : "=~") : isOne ? "!=" : "!~";
    return `${label}${operator}"${values.join("|")}"`;
  });
  return matchers.length === 0 ? metric : `${metric}{${matchers.join(",")}}`;
}

const oneOf = (label: string, ...values: string[]): Condition => ({ label, is: "in", values });
const noneOf = (label: string, ...values: string[]): Condition => ({ label, is: "notIn", values });

/** The bad part and the whole, each per second, over `window`. Without traffic 0. */
export function ratesOf(
  indicator: Indicator,
  window: string,
): { readonly bad: string; readonly all: string } {
  const { metric, where } = indicator;
  const rate = (name: string, ...more: Condition[]) =>
    `sum(rate(${selector(name, [...where, ...more])}[${window}]))`;
  switch (indicator.kind) {
    case "outcomes":
      return {
        bad: orNone(rate(metric, oneOf("outcome", "failed"))),
        all: orNone(rate(metric, noneOf("outcome", "refused"))),
      };
    case "duration": {
      const all = rate(`${metric}_count`);
      const inTime = rate(`${metric}_bucket`, oneOf("le", String(indicator.seconds)));
      return { bad: orNone(`${all} - ${inTime}`), all: orNone(all) };
    }
    case "level": {
      const level = selector(metric, where);
      const time = `avg_over_time((${level} > bool ${indicator.atMost})[${window}:${LEVEL_STEP}])`;
      return { bad: orNone(`sum(${time})`), all: orNone(`count(${level})`) };
    }
  }
}

/** A metric has no series before its first event, and a sum over no series is nothing, not 0. */
function orNone(query: string): string {
  return `(${query}) or vector(0)`;
}
