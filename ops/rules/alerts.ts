// All alerts.
import type { Alert } from "./alert.ts";
import { burnAlerts } from "./burn-alerts.ts";
import { dataAlerts } from "./data-alerts.ts";
import { processAlerts } from "./process-alerts.ts";

export const ALERTS: readonly Alert[] = [...burnAlerts(), ...processAlerts(), ...dataAlerts()];
