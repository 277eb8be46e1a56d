// The metrics of the router, for Prometheus. Label values come from closed lists: never a person,
// an address, or a name that a client chose.
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { ErrorCode } from "#kit/errors";
import { REQUEST_SECONDS } from "#kit/telemetry/metrics";
import { LIMIT_NAMES, type LimitName } from "../limits/limits.ts";
import { RATE_NAMES, type RateName } from "../limits/rates.ts";

export type OperationKind = "query" | "mutation" | "subscription" | "unknown";
/**
 * `refused`: a mistake of the client. `failed`: a failure on our side, also of a partial answer.
 */
export type OperationOutcome = (typeof OUTCOMES)[number];
const OUTCOMES = ["ok", "refused", "failed"] as const;
/** `refused`: not trusted, or without the required id. `missing`: an unknown id. */
export type DocumentOutcome = "trusted" | "unknown" | "refused" | "missing";
export type CallOutcome = "ok" | "errors" | "unavailable" | "deadline";

export interface MeasuredOperation {
  readonly kind: OperationKind;
  /** Null for one that is not among the trusted documents: clients chose its name. */
  readonly name: string | null;
}

export interface Metrics {
  /** One operation; a subscription is measured until it is opened. */
  operation(operation: MeasuredOperation, outcome: OperationOutcome, seconds: number): void;
  /** An error of an answer, by its code. */
  error(code: ErrorCode): void;
  /** One HTTP request to a subgraph. */
  call(subgraph: string, outcome: CallOutcome, seconds: number): void;
  /** An operation, request or socket that was ended because of a limit. */
  refusal(limit: LimitName): void;
  /** An operation, by the verdict on its document. Not called if trusted documents are off. */
  document(outcome: DocumentOutcome): void;
  /** A refusal because of a rate. */
  rateRefusal(rate: RateName): void;
  /** An operation that was charged in this process, because Redis did not answer. */
  withoutRedis(): void;
  /** A new supergraph file, and whether it was loaded. */
  reload(outcome: "ok" | "refused"): void;
  /** Counts an open subscription until the returned function is called. */
  subscription(): () => void;
  /** Counts an open feed until the returned function is called. */
  feed(): () => void;
  readonly registry: Registry;
}

/** The metrics of one router. What all routers of a process share is in stream-metrics.ts. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const histogram = (name: string, help: string, ...labelNames: string[]) =>
    new Histogram({ name, help, labelNames, buckets: REQUEST_SECONDS, registers: [registry] });
  const operations = histogram(
    "router_operation_duration_seconds",
    "Time from an operation's arrival to its answer, or to the opening of a subscription.",
    "operation",
    "kind",
  );
  const begun = new Set<string>();
  const outcomes = new Counter({
    name: "router_operations_total",
    help: "Operations by their outcome. Those that are not trusted documents have one name, other.",
    labelNames: ["operation", "kind", "outcome"],
    registers: [registry],
  });
  const calls = histogram(
    "router_subgraph_call_duration_seconds",
    "Time of one HTTP request to a subgraph, retries included.",
    "subgraph",
    "outcome",
  );
  return {
    operation({ kind, name }, outcome, seconds) {
      const operation = name ?? "other";
      operations.labels(operation, kind).observe(seconds);
      // A rate of failures needs a series from before the first one.
      const key = `${kind} ${operation}`;
      if (!begun.has(key))
        for (const each of OUTCOMES) outcomes.labels(operation, kind, each).inc(0);
      begun.add(key);
      outcomes.labels(operation, kind, outcome).inc();
    },
    call: (subgraph, outcome, seconds) => calls.labels(subgraph, outcome).observe(seconds),
    ...createCounters(registry),
    subscription: openNow(registry, "router_open_subscriptions", "Subscriptions"),
    feed: openNow(registry, "router_open_feeds", "Streams that clients share"),
    registry,
  };
}

type Counters = Pick<
  Metrics,
  "error" | "refusal" | "document" | "rateRefusal" | "withoutRedis" | "reload"
>;

function createCounters(registry: Registry): Counters {
  const counter = (name: string, help: string, ...labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers: [registry] });
  const errors = counter("router_errors_total", "Errors of answers, partial ones too.", "code");
  const refusals = counter(
    "router_limit_refusals_total",
    "Operations, requests and sockets that ended because they were beyond a limit.",
    "limit",
  );
  for (const limit of LIMIT_NAMES) refusals.labels(limit).inc(0);
  const documents = counter(
    "router_documents_total",
    "Operations by the verdict on their document, unless trusted documents are off.",
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
  for (const outcome of ["ok", "refused"]) reloads.labels(outcome).inc(0);
  return {
    error: (code) => errors.labels(code).inc(),
    refusal: (limit) => refusals.labels(limit).inc(),
    document: (outcome) => documents.labels(outcome).inc(),
    rateRefusal: (rate) => rateRefusals.labels(rate).inc(),
    withoutRedis: () => withoutRedis.inc(),
    reload: (outcome) => reloads.labels(outcome).inc(),
  };
}

/** A gauge. Each call counts one until the returned function is called. */
function openNow(registry: Registry, name: string, what: string): () => () => void {
  const help = `${what} that are open now.`;
  const gauge = new Gauge({ name, help, registers: [registry] });
  return () => {
    gauge.inc();
    return () => gauge.dec();
  };
}
