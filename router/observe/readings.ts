// Readings of the metrics of all services, for the graphs: a few figures of each, summed over their
// labels. The page makes rates of them.

/** Counts by upper bound of a histogram. */
type Buckets = Readonly<Record<string, number>>;
export type Figures = Readonly<Record<string, number | Buckets>>;

export interface Readings {
  /** In ms since the epoch. */
  readonly at: number;
  /** Null for a service that does not answer. */
  readonly services: Readonly<Record<string, Figures | null>>;
}

interface Figure {
  readonly metric: string;
  /** Only series whose labels contain it. */
  readonly label?: string;
}

/** By their names on the page. A metric that ends in `_bucket` gives a figure for each bound. */
const FIGURES: Readonly<Record<string, Figure>> = {
  operations: { metric: "router_operations_total" },
  failed: { metric: "router_operations_total", label: 'outcome="failed"' },
  operationSeconds: { metric: "router_operation_duration_seconds_bucket" },
  sockets: { metric: "router_open_sockets" },
  subscriptions: { metric: "router_open_subscriptions" },
  deliverySeconds: { metric: "router_delivery_lag_seconds_bucket" },
  statements: { metric: "database_statement_seconds_count" },
  waitingForDatabase: { metric: "database_connection_requests_waiting" },
  behind: { metric: "integration_behind_events" },
  outbox: { metric: "outbox_waiting_events" },
  loopSeconds: { metric: "nodejs_eventloop_lag_p99_seconds" },
  cpuSeconds: { metric: "process_cpu_seconds_total" },
  memoryBytes: { metric: "process_resident_memory_bytes" },
};

const WITHIN_MS = 1_500;

/** Asks all services at once. Never rejects. */
export async function readAll(
  services: ReadonlyMap<string, URL>,
  now = Date.now(),
): Promise<Readings> {
  const read = [...services].map(async ([name, url]) => [name, await readOne(url)] as const);
  return { at: now, services: Object.fromEntries(await Promise.all(read)) };
}

async function readOne(url: URL): Promise<Figures | null> {
  try {
    const signal = AbortSignal.timeout(WITHIN_MS);
    const response = await fetch(new URL("/metrics", url), { signal });
    return response.ok ? figuresIn(await response.text()) : null;
  } catch {
    return null;
  }
}

const SERIES = /^([a-z_]\w*)(?:\{(.*)\})? (\S+)$/i;
const BOUND = /(?:^|,)le="([^"]*)"/;

/** The figures in a text of Prometheus's format; those without a series are missing. */
export function figuresIn(text: string): Figures {
  const found: Record<string, number | Record<string, number>> = {};
  for (const line of text.split("\n")) {
    const [, metric = "", labels = "", value = ""] = SERIES.exec(line) ?? [];
    for (const [name, figure] of Object.entries(FIGURES)) {
      if (figure.metric !== metric || !labels.includes(figure.label ?? "")) continue;
      const bound = metric.endsWith("_bucket") ? BOUND.exec(labels)?.[1] : undefined;
      found[name] = added(found[name], bound, Number(value));
    }
  }
  return found;
}

function added(
  before: number | Record<string, number> | undefined,
  bound: string | undefined,
  value: number,
): number | Record<string, number> {
  if (bound === undefined) return (typeof before === "number" ? before : 0) + value;
  const buckets = typeof before === "object" ? before : {};
  return { ...buckets, [bound]: (buckets[bound] ?? 0) + value };
}
