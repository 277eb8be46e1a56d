// The recording rules of Prometheus: how much of each promise was broken, over the windows that
// the alerts look at.
import { WINDOW_SECONDS } from "../burn.ts";
import { ratesOf } from "../promql.ts";
import { PERIOD_DAYS, SLOS } from "../slo.ts";

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** The rate of each window is made of rates over this one, which read the raw metrics. */
const STEP = "5m";
export const BAD_RATE = `slo:bad:rate${STEP}`;
const ALL_RATE = `slo:all:rate${STEP}`;
const TARGET = "slo:target:ratio";
export const BUDGET_LEFT = `slo:budget_left:ratio${PERIOD_DAYS}d`;

/** The share that was bad in a window, by `slo`. */
export function badRatio(window: string): string {
  return `slo:bad_ratio:rate${window}`;
}

/** Without traffic, nothing is bad. */
const NO_ZERO = "1e-9";

function ratioRule(window: string): RecordingRule {
  const sum = (of: string) => (window === STEP ? of : `sum_over_time(${of}[${window}])`);
  const expr = `${sum(BAD_RATE)} / clamp_min(${sum(ALL_RATE)}, ${NO_ZERO})`;
  return { record: badRatio(window), expr };
}

export function recordingRules(): readonly RecordingRule[] {
  const period = `${PERIOD_DAYS}d`;
  return [
    ...SLOS.flatMap(({ name, indicator, target }) => {
      const labels = { slo: name };
      const { bad, all } = ratesOf(indicator, STEP);
      return [
        { record: BAD_RATE, expr: bad, labels },
        { record: ALL_RATE, expr: all, labels },
        { record: TARGET, expr: `vector(${target})`, labels },
      ];
    }),
    ...[...Object.keys(WINDOW_SECONDS), period].map(ratioRule),
    { record: BUDGET_LEFT, expr: `1 - ${badRatio(period)} / (1 - ${TARGET})` },
  ];
}
