// Alerts of processes: gone, restarting, stuck, without Redis or without a disk.
import { JOB } from "../promql.ts";
import { SERVICES } from "../services.ts";
import type { Alert } from "./alert.ts";

const OURS = `{job="${JOB}"}`;

/** One for each service, because a series that is not there has no name to group by. */
function serviceDown(): readonly Alert[] {
  return SERVICES.map(({ name, also }) => {
    const service = also ? `=~"${name}|${also}"` : `="${name}"`;
    return {
      alert: "ServiceDown",
      expr: `absent(up{job="${JOB}",service${service}} == 1)`,
      for: "1m",
      severity: "page",
      labels: { service: name },
      summary: `No process of ${name} is up.`,
    };
  });
}

export function processAlerts(): readonly Alert[] {
  return [...serviceDown(), ...PROCESSES, HEARTBEAT];
}

const PROCESSES: readonly Alert[] = [
  {
    alert: "ProcessDown",
    expr: `up${OURS} == 0`,
    for: "5m",
    severity: "ticket",
    summary: "A process of {{ $labels.service }} at {{ $labels.instance }} is down.",
  },
  {
    alert: "ProcessRestarts",
    expr: `changes(process_start_time_seconds${OURS}[15m]) > 2`,
    severity: "page",
    summary: "{{ $labels.service }} at {{ $labels.instance }} started three times in 15 minutes.",
  },
  {
    alert: "EventLoopBlocked",
    expr: `nodejs_eventloop_lag_p99_seconds${OURS} > 0.25`,
    for: "5m",
    severity: "ticket",
    summary: "The event loop of {{ $labels.service }} at {{ $labels.instance }} is blocked.",
  },
  {
    alert: "DiskFull",
    expr: "disk_available_bytes / disk_size_bytes < 0.1",
    for: "5m",
    severity: "page",
    summary: "The disk of {{ $labels.service }} at {{ $labels.instance }} has less than 10 % left.",
  },
  {
    alert: "RedisDown",
    expr: 'sum by (service) (redis_connections{state="down"}) > 0',
    for: "1m",
    severity: "page",
    summary: "{{ $labels.service }} has lost Redis.",
  },
  {
    alert: "SubgraphUnavailable",
    expr: [
      'sum by (subgraph) (rate(router_subgraph_call_duration_seconds_count{outcome=~"unavailable|deadline"}[2m]))',
      "/ sum by (subgraph) (rate(router_subgraph_call_duration_seconds_count[2m])) > 0.1",
    ].join("\n"),
    for: "1m",
    severity: "page",
    summary: "More than 10 % of the requests to {{ $labels.subgraph }} get no answer.",
  },
  {
    alert: "SupergraphRefused",
    expr: 'sum by (service) (increase(router_supergraph_reloads_total{outcome="refused"}[15m])) > 0',
    severity: "page",
    summary: "A router did not take the new supergraph, and goes on with the one before.",
  },
  {
    alert: "StreamsResync",
    expr: 'sum(rate(router_stream_ends_total{code="RESYNC_REQUIRED"}[10m])) > 1',
    for: "5m",
    severity: "ticket",
    summary: "More than one stream a second ends with RESYNC_REQUIRED.",
  },
];

/** Always on: whoever gets alerts misses this one when Prometheus or the way from it is broken. */
const HEARTBEAT: Alert = {
  alert: "AlertsWork",
  expr: "vector(1)",
  severity: "heartbeat",
  summary: "Alerts arrive. This one always fires; act when it stops.",
};
