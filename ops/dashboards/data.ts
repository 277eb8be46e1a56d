// The dashboard of databases, integration events, jobs and mails.
import { type Board, type Panel, quantile, rate } from "./panels.ts";

const DATABASES: readonly Panel[] = [
  {
    title: "Connections",
    says: "Used and idle ones of all pools.",
    unit: "short",
    queries: { "{{database}} {{state}}": "sum by (database, state) (database_connections)" },
  },
  {
    title: "Waiting for a connection",
    says: "More than none for two minutes is an alert.",
    unit: "short",
    queries: {
      "{{database}}": "sum by (database) (database_connection_requests_waiting)",
    },
  },
  {
    title: "Statements",
    says: "By database.",
    unit: "ops",
    queries: { "{{database}}": rate("database_statement_seconds_count", "database") },
  },
  {
    title: "Where the time goes",
    says: "The ten statements that take the most time of all, in seconds a second.",
    unit: "short",
    queries: {
      "{{statement}}": `topk(10, ${rate("database_statement_seconds_sum", "statement")})`,
    },
  },
  {
    title: "Slowest statements, p95",
    says: "Ten of them, by the name in their comment.",
    unit: "s",
    queries: {
      "{{statement}}": `topk(10, ${quantile(0.95, "database_statement_seconds", "statement")})`,
    },
  },
  {
    title: "Failed statements",
    says: "A lock that was not to be had in time, a unique key, a lost connection.",
    unit: "ops",
    queries: { "{{statement}}": rate("database_statement_failures_total", "statement") },
    isEmptyUntil: "a statement fails",
  },
];

const EVENTS: readonly Panel[] = [
  {
    title: "Not yet published",
    says: "Integration events in the outboxes.",
    unit: "short",
    queries: { "{{subgraph}}": "max by (subgraph) (outbox_waiting_events)" },
  },
  {
    title: "Behind",
    says: "Seconds since a consumer was up to date. The promise is 30.",
    unit: "s",
    queries: {
      "{{service}} reads {{source}}": "max by (service, source) (integration_behind_seconds)",
    },
  },
  {
    title: "From stored to applied, p95",
    says: "Of one integration event.",
    unit: "s",
    queries: { "{{source}}": quantile(0.95, "integration_delay_seconds", "source") },
  },
  {
    title: "Applied",
    says: "A dead letter was given up, and is an alert.",
    unit: "ops",
    queries: { "{{source}} {{outcome}}": rate("integration_applied_total", "source", "outcome") },
  },
];

const WORK: readonly Panel[] = [
  {
    title: "Jobs that are due",
    says: "Their time has come, and no worker has them.",
    unit: "short",
    queries: { "{{subgraph}} {{kind}}": "max by (subgraph, kind) (jobs_due)" },
  },
  {
    title: "The first job is late by",
    says: "Above 300 seconds is an alert.",
    unit: "s",
    queries: { "{{subgraph}} {{kind}}": "max by (subgraph, kind) (jobs_overdue_seconds)" },
  },
  {
    title: "Attempts of jobs",
    says: "By how they ended.",
    unit: "ops",
    queries: { "{{kind}} {{outcome}}": rate("jobs_ended_total", "kind", "outcome") },
  },
  {
    title: "Jobs given up",
    says: "Until an admin tries them again.",
    unit: "short",
    queries: { "{{subgraph}} {{kind}}": "max by (subgraph, kind) (jobs_given_up)" },
  },
  {
    title: "Mails",
    says: "Failed is tried again, refused is not.",
    unit: "ops",
    queries: { "{{outcome}}": rate("mails_total", "outcome") },
  },
  {
    title: "Disk left",
    says: "Below a tenth is an alert.",
    unit: "percentunit",
    queries: {
      "{{service}}": "min by (service) (disk_available_bytes / disk_size_bytes)",
    },
  },
];

export const data: Board = {
  name: "data",
  title: "data and work",
  rows: [
    { title: "Databases", panels: DATABASES },
    { title: "Integration events", panels: EVENTS },
    { title: "Work in the background", panels: WORK },
  ],
};
