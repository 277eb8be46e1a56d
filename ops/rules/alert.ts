// The shape of an alert.
import type { Severity } from "../burn.ts";

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
