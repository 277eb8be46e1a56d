// Counts what was bad and what there was at all, from scrapes of processes that come one after the
// other: what Prometheus does with the rules, without a Prometheus. Used by the load test.
import type { Counts } from "./burn.ts";
import { type Condition, type Indicator, SLOS, type SloName } from "./slo.ts";

export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Tally {
  /** A scrape of a process, in Prometheus's text format. The first one is where counting begins. */
  see(process: string, text: string): void;
  /** Of everything seen so far. For a level, bad and all are scrapes of a series. */
  countsOf(slo: SloName): Counts;
}

export function createTally(): Tally {
  const last = new Map<string, Map<string, number>>();
  const counts = new Map<string, { bad: number; all: number }>();
  return {
    see(process, text) {
      const before = last.get(process);
      const now = new Map<string, number>();
      const grown = samplesIn(text).map((sample) => {
        const key = `${sample.name}${JSON.stringify(sample.labels)}`;
        now.set(key, sample.value);
        return { ...sample, growth: before ? growthOf(sample.value, before.get(key)) : 0 };
      });
      last.set(process, now);
      for (const { name, indicator } of SLOS) {
        const of = counts.get(name) ?? { bad: 0, all: 0 };
        const { bad, all } = countsIn(indicator, grown);
        counts.set(name, { bad: of.bad + bad, all: of.all + all });
      }
    },
    countsOf: (slo) => counts.get(slo) ?? { bad: 0, all: 0 },
  };
}

/** A process that started again counts from 0. */
function growthOf(now: number, before = 0): number {
  return now >= before ? now - before : now;
}

interface Grown extends Sample {
  readonly growth: number;
}

function countsIn(indicator: Indicator, samples: readonly Grown[]): Counts {
  const { metric, where } = indicator;
  const ours = samples.filter(({ labels }) => where.every((each) => isMet(labels, each)));
  const named = (name: string) => ours.filter((sample) => sample.name === name);
  const sum = (of: readonly Grown[]) => of.reduce((total, { growth }) => total + growth, 0);
  switch (indicator.kind) {
    case "outcomes": {
      const counted = named(metric).filter(({ labels }) => labels.outcome !== "refused");
      const bad = counted.filter(({ labels }) => labels.outcome === "failed");
      return { bad: sum(bad), all: sum(counted) };
    }
    case "duration": {
      const bound = String(indicator.seconds);
      const inTime = named(`${metric}_bucket`).filter(({ labels }) => labels.le === bound);
      const all = sum(named(`${metric}_count`));
      return { bad: all - sum(inTime), all };
    }
    case "level": {
      const levels = named(metric);
      const bad = levels.filter(({ value }) => value > indicator.atMost);
      return { bad: bad.length, all: levels.length };
    }
  }
}

function isMet(labels: Readonly<Record<string, string>>, { label, is, values }: Condition) {
  return values.includes(labels[label] ?? "") === (is === "in");
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** The samples of a scrape. Lines that are none are left out. */
export function samplesIn(text: string): Sample[] {
  return text.split("\n").flatMap((line) => {
    const [, name, labels = "", value = ""] = LINE.exec(line) ?? [];
    if (name === undefined) return [];
    return [{ name, labels: labelsIn(labels), value: numberOf(value) }];
  });
}

function labelsIn(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(LABEL)].map(([, label = "", value = ""]) => [label, unescaped(value)]),
  );
}

function unescaped(value: string): string {
  return value.replaceAll(/\\(.)/g, (_, char: string) => (char === "n" ? "\n" : char));
}

function numberOf(text: string): number {
  return Number(text.replace("Inf", "Infinity"));
}
