// What the router counts, in the format of Prometheus. Labels come from closed lists: never a user,
// a name that a client chose, or an address.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { LIMIT_NAMES, type LimitName } from "../limits/limits.ts";
import { RATE_NAMES, type RateName } from "../limits/rates.ts";

export type OperationKind = "query" | "mutation" | "subscription" | "unknown";
/** `refused`: the client's mistake; `failed`: ours, even where a part of the answer was given. */
export type OperationOutcome = "ok" | "refused" | "failed";
/** `refused`: of a text or for want of an id; `missing`: an id that nobody registered. */
export type DocumentOutcome = "trusted" | "unknown" | "refused" | "missing";
export type CallOutcome = "ok" | "errors" | "unavailable" | "deadline";

export interface Metrics {
  /** One operation; a subscription is measured until it is opened. */
  operation(kind: OperationKind, outcome: OperationOutcome, seconds: number): void;
  /** One HTTP request to a subgraph. */
  call(subgraph: string, outcome: CallOutcome, seconds: number): void;
  /** What was refused, cut or given up because it was beyond a limit. */
  refusal(limit: LimitName): void;
  /** An operation by the standing of its document, unless trusted documents are off. */
  document(outcome: DocumentOutcome): void;
  /** What was refused because it came too often. */
  rateRefusal(rate: RateName): void;
  /** An operation that was judged while Redis, which counts them all, did not answer. */
  withoutRedis(): void;
  /** A new supergraph file, and what became of it. */
  reload(outcome: "ok" | "refused"): void;
  /** Counts an open subscription until the returned function is called. */
  subscription(): () => void;
  /** Counts a stream that clients share until the returned function is called. */
  feed(): () => void;
  readonly contentType: string;
  /** Everything counted so far, as text. */
  print(): Promise<string>;
}

const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 30];

export function createMetrics(): Metrics {
  const registry = new Registry();
  // Ten times a second: to look a hundred times kept an idle router busy for half a percent.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  const histogram = (name: string, help: string, ...labelNames: string[]) =>
    new Histogram({ name, help, labelNames, buckets: BUCKETS_SECONDS, registers: [registry] });
  const operations = histogram(
    "router_operation_duration_seconds",
    "Time from an operation's arrival to its answer, or to the opening of a subscription.",
    "kind",
    "outcome",
  );
  const calls = histogram(
    "router_subgraph_call_duration_seconds",
    "Time of one HTTP request to a subgraph, retries included.",
    "subgraph",
    "outcome",
  );
  return {
    operation: (kind, outcome, seconds) => operations.labels(kind, outcome).observe(seconds),
    call: (subgraph, outcome, seconds) => calls.labels(subgraph, outcome).observe(seconds),
    ...createCounters(registry),
    subscription: openNow(registry, "router_open_subscriptions", "Subscriptions"),
    feed: openNow(registry, "router_open_feeds", "Streams that clients share"),
    contentType: registry.contentType,
    print: () => registry.metrics(),
  };
}

type Counters = Pick<Metrics, "refusal" | "document" | "rateRefusal" | "withoutRedis" | "reload">;

function createCounters(registry: Registry): Counters {
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  const refusals = counter(
    "router_limit_refusals_total",
    "Operations, requests and sockets that ended because they were beyond a limit.",
    "limit",
  );
  for (const limit of LIMIT_NAMES) refusals.labels(limit).inc(0);
  const documents = counter(
    "router_documents_total",
    "Operations by the standing of their document, unless trusted documents are off.",
    "outcome",
  );
  const rateRefusals = counter(
    "router_rate_refusals_total",
    "Operations, WebSockets and frames that were refused because they came too often.",
    "rate",
  );
  for (const rate of RATE_NAMES) rateRefusals.labels(rate).inc(0);
  const withoutRedis = counter(
    "router_rates_without_redis_total",
    "Operations whose rate this router judged alone, because Redis did not answer.",
  );
  const reloads = counter(
    "router_supergraph_reloads_total",
    "New supergraph files, by whether they became the graph.",
    "outcome",
  );
  return {
    refusal: (limit) => refusals.labels(limit).inc(),
    document: (outcome) => documents.labels(outcome).inc(),
    rateRefusal: (rate) => rateRefusals.labels(rate).inc(),
    withoutRedis: () => withoutRedis.inc(),
    reload: (outcome) => reloads.labels(outcome).inc(),
  };
}

/** Counts what is open: each until the function that it returns is called. */
function openNow(registry: Registry, name: string, what: string): () => () => void {
  const help = `${what} that are open now.`;
  const gauge = new Gauge({ name, help, registers: [registry] });
  return () => {
    gauge.inc();
    return () => gauge.dec();
  };
}
