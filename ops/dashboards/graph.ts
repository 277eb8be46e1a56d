// The dashboard of the graph: what operations are asked, how they are answered, what is promised.
import { ratesOf } from "../promql.ts";
import { BUDGET_LEFT, badRatio } from "../rules/recording.ts";
import { SLOS } from "../slo.ts";
import { type Board, type Panel, quantile, rate } from "./panels.ts";

const OPERATIONS = "router_operations_total";
const DURATION = "router_operation_duration_seconds";
const CALLS = "router_subgraph_call_duration_seconds";

const PROMISES: readonly Panel[] = [
  {
    title: "Error budget left",
    says: "Of 30 days. Below 0, stability comes before new features.",
    unit: "percentunit",
    look: "number",
    queries: { "{{slo}}": BUDGET_LEFT },
  },
  {
    title: "Bad share, last hour",
    says: "What broke a promise, of all that happened.",
    unit: "percentunit",
    queries: { "{{slo}}": badRatio("1h") },
  },
  {
    title: "Bad, each second",
    says: "Which promise is being broken now.",
    unit: "ops",
    queries: Object.fromEntries(
      SLOS.map(({ name, indicator }) => [name, ratesOf(indicator, "5m").bad]),
    ),
  },
];

const ANSWERS: readonly Panel[] = [
  {
    title: "Operations",
    says: "Refused is a mistake of the client, failed is ours, also in a part of an answer.",
    unit: "ops",
    queries: { "{{kind}} {{outcome}}": rate(OPERATIONS, "kind", "outcome") },
  },
  {
    title: "Failures by operation",
    says: "The name of trusted documents; other has all that are none.",
    unit: "ops",
    queries: {
      "{{operation}}": `topk(10, ${rate(`${OPERATIONS}{outcome="failed"}`, "operation")})`,
    },
    isEmptyUntil: "an operation fails",
  },
  {
    title: "Duration, p95",
    says: "Of a subscription, until it is open.",
    unit: "s",
    queries: { "{{kind}}": quantile(0.95, DURATION, "kind") },
  },
  {
    title: "Slowest operations, p95",
    says: "Ten of them.",
    unit: "s",
    queries: { "{{operation}}": `topk(10, ${quantile(0.95, DURATION, "operation")})` },
  },
  {
    title: "Most asked operations",
    says: "Ten of them.",
    unit: "ops",
    queries: { "{{operation}}": `topk(10, ${rate(OPERATIONS, "operation")})` },
  },
  {
    title: "Errors by code",
    says: "What clients see, in partial answers too.",
    unit: "ops",
    queries: { "{{code}}": rate("router_errors_total", "code") },
    isEmptyUntil: "an answer has an error",
  },
  {
    title: "Refusals",
    says: "By limit and by rate. Many rate refusals of one kind are an attack, or a broken client.",
    unit: "ops",
    queries: {
      "limit: {{limit}}": rate("router_limit_refusals_total", "limit"),
      "rate: {{rate}}": rate("router_rate_refusals_total", "rate"),
    },
  },
];

const SUBGRAPHS: readonly Panel[] = [
  {
    title: "Requests to subgraphs",
    says: "Unavailable gave no answer, deadline was too late, errors are in the answer.",
    unit: "ops",
    queries: { "{{subgraph}} {{outcome}}": rate(`${CALLS}_count`, "subgraph", "outcome") },
  },
  {
    title: "Duration at subgraphs, p95",
    says: "As the router sees it, retries included.",
    unit: "s",
    queries: { "{{subgraph}}": quantile(0.95, CALLS, "subgraph") },
  },
  {
    title: "Duration in subgraphs, p95",
    says: "As the subgraph sees it. The difference is the way, and the wait for a free process.",
    unit: "s",
    queries: { "{{subgraph}}": quantile(0.95, "subgraph_operation_duration_seconds", "subgraph") },
  },
];

const PROCESSES: readonly Panel[] = [
  {
    title: "Processes",
    says: "How many are up.",
    unit: "short",
    queries: { "{{service}}": 'sum by (service) (up{job="meetinity"})' },
  },
  {
    title: "CPU",
    says: "One is a whole core; a Node process cannot use more for its own code.",
    unit: "short",
    queries: { "{{service}}": rate("process_cpu_seconds_total", "service") },
  },
  {
    title: "Event loop, p99",
    says: "How late timers are, and 0.1 between two samples. Above 0.25 is an alert.",
    unit: "s",
    queries: { "{{service}}": "max by (service) (nodejs_eventloop_lag_p99_seconds)" },
  },
  {
    title: "Memory",
    says: "A line that only rises is a leak.",
    unit: "bytes",
    queries: { "{{service}}": "max by (service) (process_resident_memory_bytes)" },
  },
  {
    title: "Garbage collection",
    says: "The share of time.",
    unit: "percentunit",
    queries: { "{{service}}": rate("nodejs_gc_duration_seconds_sum", "service") },
  },
  {
    title: "Caches, hits",
    says: "By cache. A plan cache below 0.9 means that clients make their documents at run time.",
    unit: "percentunit",
    queries: {
      "{{cache}}": `${rate('cache_reads_total{outcome="hit"}', "cache")} / ${rate("cache_reads_total", "cache")}`,
    },
  },
];

export const graph: Board = {
  name: "graph",
  title: "graph",
  rows: [
    { title: "Promises", panels: PROMISES },
    { title: "Answers", panels: ANSWERS },
    { title: "Subgraphs", panels: SUBGRAPHS },
    { title: "Processes", panels: PROCESSES },
  ],
};
