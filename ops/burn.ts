// The arithmetic of error budgets. A target of 99.9 % leaves a budget of 0.1 % of everything that
// happens in the period. A burn rate of 1 spends it in exactly that time. The windows and factors
// are those of Google's SRE Workbook, chapter 5, "Alerting on SLOs".
import { PERIOD_DAYS, type Slo } from "./slo.ts";

/** `page` wakes somebody, `ticket` waits for the next working day. */
export type Severity = "page" | "ticket";

/** An alert fires while the burn rate of both windows is above `factor`. */
export interface Burn {
  readonly factor: number;
  /** So long that it is worth a look. */
  readonly long: Window;
  /** So short that the alert ends soon after its cause; a twelfth of the long one. */
  readonly short: Window;
  readonly severity: Severity;
}

export const WINDOW_SECONDS = {
  "5m": 300,
  "30m": 1_800,
  "1h": 3_600,
  "2h": 7_200,
  "6h": 21_600,
  "1d": 86_400,
  "3d": 259_200,
} as const;

export type Window = keyof typeof WINDOW_SECONDS;

export const BURNS: readonly Burn[] = [
  { factor: 14.4, long: "1h", short: "5m", severity: "page" },
  { factor: 6, long: "6h", short: "30m", severity: "page" },
  { factor: 3, long: "1d", short: "2h", severity: "ticket" },
  { factor: 1, long: "3d", short: "6h", severity: "ticket" },
];

/** Fewer bad ones in the long window are no alert: at night one may be a quarter of all. */
export const BAD_MIN = 10;

const PERIOD_SECONDS = PERIOD_DAYS * 86_400;

/** The counts of a period. */
export interface Counts {
  readonly bad: number;
  readonly all: number;
}

/** How many times faster than allowed the budget is spent. 0 if nothing happened. */
export function burnRateOf({ target }: Pick<Slo, "target">, { bad, all }: Counts): number {
  return all === 0 ? 0 : bad / all / (1 - target);
}

/** The share of the budget that is left after a whole period, below 0 if it is overdrawn. */
export function budgetLeftOf(slo: Pick<Slo, "target">, inPeriod: Counts): number {
  return 1 - burnRateOf(slo, inPeriod);
}

/** The share of a period's budget that is gone when the alert of `burn` fires. */
export function budgetSpentBy({ factor, long }: Burn): number {
  return (factor * WINDOW_SECONDS[long]) / PERIOD_SECONDS;
}

/** Seconds from the begin of an incident, with this burn rate, to the alert; null if never. */
export function secondsToFire({ factor, long }: Burn, burnRate: number): number | null {
  return burnRate <= factor ? null : (factor / burnRate) * WINDOW_SECONDS[long];
}

/** Whether the alert fires, of the counts of both windows. */
export function isFiring(
  slo: Pick<Slo, "target">,
  { factor }: Burn,
  counts: { readonly long: Counts; readonly short: Counts },
): boolean {
  const isFast = (window: Counts) => burnRateOf(slo, window) > factor;
  return isFast(counts.long) && isFast(counts.short) && counts.long.bad >= BAD_MIN;
}
