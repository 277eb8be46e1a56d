// Counts what was bad and what there was at all, from scrapes of processes that come one after the
// other: what Prometheus does with the rules, without a Prometheus. Used by the load test.
import type { Counts } from "./burn.ts";
import { countsIn, type Sample } from "./counts.ts";
import { SLOS, type SloName } from "./slo.ts";

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
      const samples = samplesIn(text);
      const grown = samples.map((sample) => {
        const key = `${sample.name}${JSON.stringify(sample.labels)}`;
        now.set(key, sample.value);
        return { ...sample, value: before ? growthOf(sample.value, before.get(key)) : 0 };
      });
      last.set(process, now);
      for (const { name, indicator } of SLOS) {
        const of = counts.get(name) ?? { bad: 0, all: 0 };
        const { bad, all } = countsIn(indicator, indicator.kind === "level" ? samples : grown);
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
