// Counts what was bad, and what there was at all, in samples of an indicator's metric.
import type { Counts } from "./burn.ts";
import type { Condition, Indicator } from "./slo.ts";

/** One series with its figure. Labels of a histogram have its bounds as `le`. */
export interface Sample {
  /** Of a histogram also `…_bucket` and `…_count`. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string | number | undefined>>;
  readonly value: number;
}

/** Of a level, bad and all are numbers of samples. */
export function countsIn(indicator: Indicator, samples: readonly Sample[]): Counts {
  const { metric, where } = indicator;
  const meant = samples.filter(({ labels }) => where.every((each) => isMet(each, labels)));
  const named = (name: string) => meant.filter((sample) => sample.name === name);
  switch (indicator.kind) {
    case "outcomes": {
      const counted = named(metric).filter(({ labels }) => labels.outcome !== "refused");
      return {
        bad: sum(counted.filter(({ labels }) => labels.outcome === "failed")),
        all: sum(counted),
      };
    }
    case "duration": {
      const isInTime = ({ labels }: Sample) => Number(labels.le) === indicator.seconds;
      const all = sum(named(`${metric}_count`));
      return { bad: all - sum(named(`${metric}_bucket`).filter(isInTime)), all };
    }
    case "level": {
      const levels = named(metric);
      return {
        bad: levels.filter(({ value }) => value > indicator.atMost).length,
        all: levels.length,
      };
    }
  }
}

const sum = (samples: readonly Sample[]) => samples.reduce((total, { value }) => total + value, 0);

function isMet({ label, is, values }: Condition, labels: Sample["labels"]): boolean {
  return values.includes(String(labels[label] ?? "")) === (is === "in");
}
