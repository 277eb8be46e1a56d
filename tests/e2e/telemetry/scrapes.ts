// Reads what a service serves at /metrics, in the text format of Prometheus.

export interface Sample {
  /** The metric; a histogram's samples have its name, without `_bucket`, `_sum` and `_count`. */
  readonly metric: string;
  /** The whole name of the series. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Scrape {
  readonly text: string;
  /** The kind of each metric, by its name. */
  readonly kinds: ReadonlyMap<string, string>;
  readonly samples: readonly Sample[];
}

/** Scrapes the service whose admin port is at `adminUrl`. */
export async function scrape(adminUrl: string): Promise<Scrape> {
  const response = await fetch(new URL("/metrics", adminUrl));
  if (!response.ok) throw new Error(`/metrics answered ${response.status}`);
  return readMetrics(await response.text());
}

export function readMetrics(text: string): Scrape {
  const kinds = new Map<string, string>();
  const samples: Sample[] = [];
  for (const line of text.split("\n")) {
    const [, declared, kind] = /^# TYPE (\S+) (\S+)$/.exec(line) ?? [];
    if (declared && kind) kinds.set(declared, kind);
    if (line === "" || line.startsWith("#")) continue;
    const [, name = "", labels = "", value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name === "") throw new Error(`no sample: ${line}`);
    const whole = name.replace(/_(?:bucket|sum|count)$/, "");
    const metric = kinds.get(whole) === "histogram" ? whole : name;
    samples.push({ metric, name, labels: labelsOf(labels), value: Number(value) });
  }
  return { text, kinds, samples };
}

/** The sum over the series of this name that have these labels; 0 without one. */
export function sumOf(
  { samples }: Scrape,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  const wanted = Object.entries(labels);
  return samples
    .filter(
      (each) => each.name === name && wanted.every(([key, value]) => each.labels[key] === value),
    )
    .reduce((sum, { value }) => sum + value, 0);
}

function labelsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]),
  );
}
