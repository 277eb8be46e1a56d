// Alerts of databases and of work in the background: pools, jobs, the outbox, mails, sign-ins.
import type { Alert } from "./alert.ts";

const givenUp = "max by (subgraph, kind) (jobs_given_up";

export function dataAlerts(): readonly Alert[] {
  return [...DATABASES, ...WORK];
}

const DATABASES: readonly Alert[] = [
  {
    alert: "PoolExhausted",
    expr: "avg_over_time(database_connection_requests_waiting[2m]) > 1",
    for: "2m",
    severity: "page",
    summary: "{{ $labels.service }} waits for connections to the database {{ $labels.database }}.",
  },
  {
    alert: "StatementsFail",
    expr: [
      "sum by (database) (rate(database_statement_failures_total[5m]))",
      "/ sum by (database) (rate(database_statement_seconds_count[5m])) > 0.05",
    ].join("\n"),
    for: "5m",
    severity: "ticket",
    summary: "More than 5 % of the statements in the database {{ $labels.database }} fail.",
  },
];

const WORK: readonly Alert[] = [
  {
    alert: "JobsGivenUp",
    // Of the last day: those that nobody retries stay there for 90.
    expr: `${givenUp})\n- (${givenUp} offset 1d) or ${givenUp}) * 0) > 0`,
    severity: "ticket",
    summary: "Jobs of {{ $labels.subgraph }} of the kind {{ $labels.kind }} were given up.",
  },
  {
    alert: "JobsLate",
    expr: "max by (subgraph, kind) (jobs_overdue_seconds) > 300",
    for: "5m",
    severity: "page",
    summary: "Jobs of {{ $labels.subgraph }} of the kind {{ $labels.kind }} are not run.",
  },
  {
    alert: "OutboxStuck",
    expr: "max by (subgraph) (outbox_oldest_waiting_seconds) > 60",
    for: "1m",
    severity: "page",
    summary: "Integration events of {{ $labels.subgraph }} are not published.",
  },
  {
    alert: "DeadLetters",
    expr: 'sum by (source) (increase(integration_applied_total{outcome="deadLetter"}[1d])) > 0',
    severity: "ticket",
    summary: "A consumer gave up integration events of {{ $labels.source }}.",
  },
  {
    alert: "MailsFail",
    expr: [
      'sum(rate(mails_total{outcome=~"failed|refused"}[15m]))',
      "/ sum(rate(mails_total[15m])) > 0.2",
    ].join("\n"),
    for: "10m",
    severity: "page",
    summary: "More than 20 % of the mails cannot be sent.",
  },
];
