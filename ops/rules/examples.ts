// Causes that make each alert fire, and others that do not, as series that Prometheus reads.
// files.ts makes tests for `promtool` of them.
import { JOB } from "../promql.ts";
import { SERVICES } from "../services.ts";

/** Series by selector, in promtool's notation: `1x5` is 1 and five times again, a minute each. */
export type Series = Readonly<Record<string, string>>;

export interface Example {
  readonly fires: Series;
  readonly quiet: Series;
  /** When both are looked at. */
  readonly at: string;
  /** The labels of the alert that fires, beside its own. */
  readonly labels?: Readonly<Record<string, string>>;
}

const process = (service: string) => `{job="${JOB}",service="${service}",instance="a"}`;
const OF_EVENTS = { job: JOB, service: "events", instance: "a" };
const up = (missing: string): Series =>
  Object.fromEntries(SERVICES.map(({ name }) => [`up${process(name)}`, upOf(name, missing)]));
const upOf = (name: string, missing: string) => (name === missing ? "0x30" : "1x30");

const calls = (outcome: string) =>
  `router_subgraph_call_duration_seconds_count{subgraph="events",outcome="${outcome}"}`;
const redis = (state: string) => `redis_connections{service="events",use="cache",state="${state}"}`;
const mails = (outcome: string) => `mails_total{mail="welcome",outcome="${outcome}"}`;
const disk = (left: string): Series => ({
  [`disk_available_bytes${process("events")}`]: left,
  [`disk_size_bytes${process("events")}`]: "100x30",
});
const statements = (failures: string): Series => ({
  'database_statement_failures_total{database="events",statement="x"}': failures,
  'database_statement_seconds_count{database="events",statement="x"}': "0+100x30",
});
const jobs = (name: string) => `jobs_${name}{subgraph="users",kind="mail.send"}`;
const KIND = { subgraph: "users", kind: "mail.send" };
const deadLetters = 'integration_applied_total{source="users",outcome="deadLetter"}';
const waiting = 'database_connection_requests_waiting{database="events",service="events"}';
const oldest = 'outbox_oldest_waiting_seconds{subgraph="events"}';
const reloads = 'router_supergraph_reloads_total{service="router",outcome="refused"}';
const resyncs = 'router_stream_ends_total{code="RESYNC_REQUIRED"}';

/** By alert. Those of burn rates are made of the table of promises, in burn-examples.ts. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  BudgetSpent: {
    // A tenth of the queries failed, of 0.1 %.
    fires: {
      'router_operations_total{kind="query",operation="Home",outcome="ok"}': "0+90x200",
      'router_operations_total{kind="query",operation="Home",outcome="failed"}': "0+10x200",
    },
    quiet: {
      'router_operations_total{kind="query",operation="Home",outcome="ok"}': "0+90x200",
      'router_operations_total{kind="query",operation="Home",outcome="refused"}': "0+10x200",
      'router_operations_total{kind="query",operation="Home",outcome="failed"}': "0x200",
    },
    at: "120m",
    labels: { slo: "query-availability" },
  },
  ServiceDown: { fires: up("events"), quiet: up(""), at: "10m" },
  ProcessDown: { fires: up("events"), quiet: up(""), at: "10m", labels: OF_EVENTS },
  ProcessRestarts: {
    fires: { [`process_start_time_seconds${process("events")}`]: "1x3 2x3 3x3 4x20" },
    quiet: { [`process_start_time_seconds${process("events")}`]: "1x3 2x30" },
    at: "12m",
    labels: OF_EVENTS,
  },
  EventLoopBlocked: {
    fires: { [`nodejs_eventloop_lag_p99_seconds${process("events")}`]: "0.4x30" },
    quiet: { [`nodejs_eventloop_lag_p99_seconds${process("events")}`]: "0.1x6 0.4x2 0.1x20" },
    at: "10m",
    labels: OF_EVENTS,
  },
  DiskFull: { fires: disk("5x30"), quiet: disk("50x30"), at: "10m", labels: OF_EVENTS },
  RedisDown: {
    fires: { [redis("ready")]: "1x30", [redis("down")]: "0x2 1x28" },
    quiet: { [redis("ready")]: "1x30", [redis("down")]: "0x30" },
    at: "10m",
    labels: { service: "events" },
  },
  SubgraphUnavailable: {
    fires: { [calls("ok")]: "0+80x30", [calls("unavailable")]: "0+20x30" },
    quiet: { [calls("ok")]: "0+99x30", [calls("deadline")]: "0+1x30" },
    at: "10m",
    labels: { subgraph: "events" },
  },
  SupergraphRefused: {
    fires: { [reloads]: "0x5 1x20" },
    quiet: { [reloads]: "3x30" },
    at: "10m",
    labels: { service: "router" },
  },
  StreamsResync: {
    fires: { [resyncs]: "0+120x40" },
    quiet: { [resyncs]: "0+6x40" },
    at: "20m",
  },
  AlertsWork: { fires: {}, quiet: {}, at: "1m" },
  PoolExhausted: {
    fires: { [waiting]: "0x2 8x28" },
    quiet: { [waiting]: "0x2 8x1 0x27" },
    at: "10m",
    labels: { database: "events", service: "events" },
  },
  StatementsFail: {
    fires: statements("0+10x30"),
    quiet: statements("0+1x30"),
    at: "15m",
    labels: { database: "events" },
  },
  JobsGivenUp: {
    // The quiet ones were given up two days ago, and nobody retried them.
    fires: { [jobs("given_up")]: "2x1430 3x2000" },
    quiet: { [jobs("given_up")]: "3x3500" },
    at: "1500m",
    labels: KIND,
  },
  JobsLate: {
    fires: { [jobs("overdue_seconds")]: "0+60x30" },
    quiet: { [jobs("overdue_seconds")]: "20x30" },
    at: "20m",
    labels: KIND,
  },
  OutboxStuck: {
    fires: { [oldest]: "0+60x30" },
    quiet: { [oldest]: "2x30" },
    at: "10m",
    labels: { subgraph: "events" },
  },
  DeadLetters: {
    fires: { [deadLetters]: "0x5 1x30" },
    quiet: { [deadLetters]: "4x30" },
    at: "20m",
    labels: { source: "users" },
  },
  MailsFail: {
    fires: { [mails("sent")]: "0+5x40", [mails("failed")]: "0+5x40" },
    quiet: { [mails("sent")]: "0+50x40", [mails("refused")]: "0+1x40" },
    at: "30m",
  },
};
