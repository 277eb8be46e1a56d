// The metrics of a process that runs jobs: what it did, and what waits in its databases.
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Sql } from "#kit/data/database";
import { countJobs, type KindCounts } from "#kit/jobs/store";

/** `lost`: another worker may have the job, or its end could not be stored. */
export type Outcome = "done" | "failed" | "givenUp" | "lost";

/** Counts the attempts of one subgraph's jobs. */
export interface JobMetrics {
  ended(kind: string, outcome: Outcome, seconds: number): void;
}

export interface ProcessMetrics {
  /** The metrics of one subgraph, whose database is read for every scrape. */
  of(subgraph: string, database: Sql): JobMetrics;
  /** In Prometheus's text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

const SECONDS = [0.01, 0.05, 0.25, 1, 5, 30, 120];
const LABELS = ["subgraph", "kind"] as const;

export function createJobMetrics(): ProcessMetrics {
  const registry = new Registry();
  const registers = [registry];
  const databases = new Map<string, Sql>();
  const ends = new Counter({
    name: "jobs_ended_total",
    help: "Attempts of jobs that ended in this process.",
    labelNames: [...LABELS, "outcome"],
    registers,
  });
  const durations = new Histogram({
    name: "jobs_seconds",
    help: "Duration of an attempt.",
    labelNames: LABELS,
    buckets: SECONDS,
    registers,
  });
  const set = waitingGauges(registry);
  return {
    contentType: registry.contentType,
    of(subgraph, database) {
      databases.set(subgraph, database);
      return {
        ended(kind, outcome, seconds) {
          ends.inc({ subgraph, kind, outcome });
          durations.observe({ subgraph, kind }, seconds);
        },
      };
    },
    async text() {
      const reads = [...databases].map(async ([subgraph, database]) =>
        (await countJobs(database)).map((counts) => ({ subgraph, counts })),
      );
      set((await Promise.all(reads)).flat());
      return registry.metrics();
    },
  };
}

interface Counted {
  readonly subgraph: string;
  readonly counts: KindCounts;
}

/** Figures of the databases, whichever process counts it. */
function waitingGauges(registry: Registry): (all: readonly Counted[]) => void {
  const gauge = (name: string, help: string, read: (counts: KindCounts) => number) => {
    const made = new Gauge({ name, help, labelNames: LABELS, registers: [registry] });
    return (all: readonly Counted[]) => {
      made.reset();
      for (const { subgraph, counts } of all) {
        made.set({ subgraph, kind: counts.kind }, read(counts));
      }
    };
  };
  const gauges = [
    gauge("jobs_waiting", "Jobs that are not finished.", ({ waiting }) => waiting),
    gauge("jobs_due", "Jobs whose time has come and that no worker holds.", ({ due }) => due),
    gauge("jobs_overdue_seconds", "Since when the first is due.", (of) => of.secondsOverdue),
    gauge("jobs_given_up", "Jobs that were given up.", ({ givenUp }) => givenUp),
  ];
  return (all) => {
    for (const each of gauges) each(all);
  };
}
