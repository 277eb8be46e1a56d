// How integration events are applied, for Prometheus: outcomes, and the time since their cause. How
// many still wait is in lag.ts.
import { counter, histogram } from "#kit/telemetry/metrics";

const applied = counter(
  "integration_applied_total",
  "Attempts to apply integration events, by their outcome.",
  ["source", "outcome"],
);
const delays = histogram(
  "integration_delay_seconds",
  "Time from the cause of an integration event until it is applied here.",
  [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300],
  ["source"],
);

/** `toldAtMs` is when a fact was added to the outbox, in ms since the epoch. */
export function countApplied(
  source: string,
  events: readonly { readonly toldAtMs: number }[],
  now: number = Date.now(),
): void {
  applied.inc({ source, outcome: "applied" }, events.length);
  applied.inc({ source, outcome: "deadLetter" }, 0);
  for (const { toldAtMs } of events) {
    delays.observe({ source }, Math.max(0, now - toldAtMs) / 1_000);
  }
}

/** `failed`: it is tried again. `deadLetter`: it was given up, and an operator can requeue it. */
export function countFailure(source: string, outcome: "failed" | "deadLetter"): void {
  applied.inc({ source, outcome });
}
