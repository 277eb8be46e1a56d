// The metrics of this process, for Prometheus. Each module makes its metrics beside what they
// measure. Label values come from closed lists: never an id, a person, or a name that a client
// chose.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

const registry = new Registry();
const readings = new Set<() => unknown>();

/** Seconds of what a person waits for. */
export const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 30];

export function counter<Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
): Counter<Label> {
  return new Counter({ name, help, labelNames, registers: [registry] });
}

export function gauge<Label extends string>(
  name: string,
  help: string,
  labelNames: readonly Label[] = [],
): Gauge<Label> {
  return new Gauge({ name, help, labelNames, registers: [registry] });
}

export function histogram<Label extends string>(
  name: string,
  help: string,
  buckets: readonly number[],
  labelNames: readonly Label[] = [],
): Histogram<Label> {
  return new Histogram({ name, help, buckets: [...buckets], labelNames, registers: [registry] });
}

/**
 * A histogram of what there is at the moment of a scrape, such as the sizes of all queues, set anew
 * for each by `observeAll`. It says nothing about what was between two scrapes.
 */
export function distribution(name: string, help: string, buckets: readonly number[]) {
  const sizes = histogram(name, `Distribution at the scrape: ${help}`, buckets);
  return {
    observeAll(values: Iterable<number>): void {
      sizes.reset();
      // Where there is nothing, it is a distribution of nothing, and not missing.
      sizes.zero({});
      for (const value of values) sizes.observe(value);
    },
  };
}

/** One series of a metric, or one bucket of a histogram, at this moment. */
export interface Sample {
  /** Of a histogram also `…_bucket`, `…_sum` and `…_count`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string | number | undefined>>;
  readonly value: number;
}

/** The samples of one metric, of this process or of `others`; null if none has it. */
export async function readMetric(
  name: string,
  ...others: readonly Registry[]
): Promise<readonly Sample[] | null> {
  const [metric] = [registry, ...others].flatMap((each) => each.getSingleMetric(name) ?? []);
  if (!metric) return null;
  const { values } = (await metric.get()) as { readonly values: readonly RawSample[] };
  return values.map(({ metricName = name, labels, value }) => ({
    name: metricName,
    labels,
    value,
  }));
}

type RawSample = Omit<Sample, "name"> & { readonly metricName?: string };

/** Calls `read` before each scrape, to set gauges, until the returned function is called. */
export function onScrape(read: () => unknown): () => void {
  readings.add(read);
  return () => void readings.delete(read);
}

/** Measures the event loop, the heap and garbage collection from now on. */
export function measureProcess(): void {
  if (registry.getSingleMetric("process_cpu_seconds_total")) return;
  // 10 samples a second: 100 took half a percent of a CPU in an idle router.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
}

export const contentType = registry.contentType;

interface DescribedMetric {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly labelNames: readonly string[];
}

/** The metrics of this process and of `others`, without their values. */
export function describeMetrics(...others: readonly Registry[]): readonly DescribedMetric[] {
  const all = Registry.merge([registry, ...others]).getMetricsAsArray();
  // The types of prom-client leave the names of labels out.
  return all as unknown as readonly DescribedMetric[];
}

/**
 * All metrics, and those of `others`, in Prometheus's text format. Gauges that cannot be read, for
 * example because the database is down, are left out of this scrape.
 */
export async function printMetrics(...others: readonly Registry[]): Promise<string> {
  await Promise.allSettled([...readings].map(async (read) => read()));
  return Registry.merge([registry, ...others]).metrics();
}
