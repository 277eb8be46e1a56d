// Three good days and an incident, for every promise at once, as series for `promtool`: when each
// alert fires is computed by burn.ts, and Prometheus must agree.
import { BURNS, type Burn, secondsToFire } from "../burn.ts";
import { selector } from "../promql.ts";
import { type Condition, type Indicator, SLOS, type Slo } from "../slo.ts";
import type { Series } from "./examples.ts";

/** Minutes of good traffic before: the longest window. */
const GOOD_MINUTES = 3 * 24 * 60;
/** So many times too fast is the budget spent: all alerts fire, one after the other. */
const BURN_RATE = 30;
const INCIDENT_MINUTES = 240;
const AFTER_MINUTES = 60;
/** Operations a minute; the bad share of each target is a whole number of them. */
const PER_MINUTE = 1_000;
const LEVELS = 20;

/** The minute, since the begin of the incident, at which the alert of `burn` fires. */
function firesAtMinute(burn: Burn): number {
  const seconds = secondsToFire(burn, BURN_RATE) ?? Number.POSITIVE_INFINITY;
  return Math.ceil(seconds / 60);
}

export interface Look {
  readonly minute: number;
  readonly firing: readonly Burn[];
}

/** Some minutes around each alert's time, and the end of the incident. */
export function looks(): readonly Look[] {
  const minutes = [...new Set(BURNS.map(firesAtMinute))].sort((one, other) => one - other);
  // Rates look back five minutes, and in these tests Prometheus looks every five.
  const around = minutes.flatMap((minute) => [minute - 5, minute + 15]);
  const during = around.map((minute) => ({
    minute: GOOD_MINUTES + minute,
    firing: BURNS.filter((burn) => firesAtMinute(burn) < minute),
  }));
  const [fast] = BURNS;
  // The short window of the first alert is good again.
  const after = GOOD_MINUTES + INCIDENT_MINUTES + 15;
  return [
    { minute: GOOD_MINUTES, firing: [] },
    ...during,
    { minute: after, firing: BURNS.filter((burn) => burn !== fast) },
  ];
}

/** Where the bad ones of all promises are counted. */
export function burnSeries(): Series {
  return Object.assign({}, ...SLOS.map(seriesOf));
}

function seriesOf({ indicator, target }: Slo): Series {
  const bad = Math.round(BURN_RATE * (1 - target) * PER_MINUTE);
  const { metric } = indicator;
  const where = exampleOf(indicator);
  const named = (name: string, label: string, value: string) =>
    selector(name, [...where, { label, is: "in", values: [value] }]);
  switch (indicator.kind) {
    case "outcomes":
      return {
        [named(metric, "outcome", "ok")]: total([PER_MINUTE, PER_MINUTE - bad]),
        [named(metric, "outcome", "failed")]: total([0, bad]),
        [named(metric, "outcome", "refused")]: total([50, 5_000]),
      };
    case "duration":
      return {
        [selector(`${metric}_count`, where)]: total([PER_MINUTE, PER_MINUTE]),
        [named(`${metric}_bucket`, "le", String(indicator.seconds))]: total([
          PER_MINUTE,
          PER_MINUTE - bad,
        ]),
      };
    case "level": {
      const late = Math.round(BURN_RATE * (1 - target) * LEVELS);
      return Object.fromEntries(
        Array.from({ length: LEVELS }, (_, at) => [
          named(metric, "instance", String(at)),
          levels([0, at < late ? indicator.atMost + 1 : indicator.atMost]),
        ]),
      );
    }
  }
}

/** Labels that fulfil the conditions. */
function exampleOf({ where }: Indicator): Condition[] {
  return where.map(({ label, is, values }) => ({
    label,
    is: "in",
    values: [is === "in" ? String(values[0]) : "other"],
  }));
}

type Rates = readonly [good: number, inIncident: number];

/** A counter that grows by one rate, in the incident by the other, and by the first again. */
function total([good, inIncident]: Rates): string {
  const begin = good * GOOD_MINUTES + inIncident;
  const end = begin + inIncident * (INCIDENT_MINUTES - 1) + good;
  return [
    `0+${good}x${GOOD_MINUTES}`,
    `${begin}+${inIncident}x${INCIDENT_MINUTES - 1}`,
    `${end}+${good}x${AFTER_MINUTES}`,
  ].join(" ");
}

function levels([good, inIncident]: Rates): string {
  return `${good}x${GOOD_MINUTES} ${inIncident}x${INCIDENT_MINUTES - 1} ${good}x${AFTER_MINUTES}`;
}
