// The shape of an alert, and all of them.
import type { Severity } from "../burn.ts";
import { burnAlerts } from "./burn-alerts.ts";
import { dataAlerts } from "./data-alerts.ts";
import { processAlerts } from "./process-alerts.ts";

export interface Alert {
  /** Its page is `docs/runbooks/<alert>.md`. */
  readonly alert: string;
  readonly expr: string;
  /** It fires when it has been true for so long. Default at once. */
  readonly for?: string;
  readonly severity: Severity | "heartbeat";
  /** One line, with the labels of what fires. */
  readonly summary: string;
  /** Labels of its own. */
  readonly labels?: Readonly<Record<string, string>>;
}

export const ALERTS: readonly Alert[] = [...burnAlerts(), ...processAlerts(), ...dataAlerts()];
