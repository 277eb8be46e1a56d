// Mails by kind and outcome, for Prometheus. How many wait is `jobs_waiting` of the kind `mail`.
import { JobFailure } from "#kit/jobs/failure";
import { counter } from "#kit/telemetry/metrics";

/** `left`: not wanted any more. `failed`: it is tried again. `refused`: it never will be taken. */
export type MailOutcome = "sent" | "left" | "failed" | "refused";

const mails = counter("mails_total", "Attempts to send a mail, by their outcome.", [
  "mail",
  "outcome",
]);

const OUTCOMES: readonly MailOutcome[] = ["sent", "left", "failed", "refused"];

/** Counts the outcomes of a kind from zero: the rate of a first value of 1 would not be known. */
export function declareMail(mail: string): void {
  for (const outcome of OUTCOMES) mails.inc({ mail, outcome }, 0);
}

/** `mail` is a kind of mail. */
export function countMail(mail: string, outcome: MailOutcome): void {
  mails.inc({ mail, outcome });
}

/** Counts the failure of a mail and throws it again. */
export function countMailFailure(mail: string, error: unknown): never {
  const isRefused = error instanceof JobFailure && error.isPermanent;
  countMail(mail, isRefused ? "refused" : "failed");
  throw error;
}
