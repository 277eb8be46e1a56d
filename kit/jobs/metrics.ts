// The metrics of a process that runs jobs: what it did, and what waits in its databases.
import type { Sql } from "#kit/data/database";
import { countJobs, type KindCounts } from "#kit/jobs/store";
import { counter, gauge, histogram, onScrape } from "#kit/telemetry/metrics";
import { watchLevel } from "#kit/telemetry/tally";

/** `lost`: another worker may have the job, or its end could not be stored. */
export type Outcome = "done" | "failed" | "givenUp" | "lost";

/** Counts the attempts of one subgraph's jobs. */
export interface JobMetrics {
  ended(kind: string, outcome: Outcome, seconds: number): void;
  /** Reads the database for scrapes no more. */
  stop(): void;
}

const SECONDS = [0.01, 0.05, 0.25, 1, 5, 30, 120];
const LABELS = ["subgraph", "kind"] as const;

const ends = counter("jobs_ended_total", "Attempts of jobs that ended in this process.", [
  ...LABELS,
  "outcome",
]);
const durations = histogram("jobs_seconds", "Duration of an attempt.", SECONDS, LABELS);

/** Figures of the databases, whichever process counts them. */
const WAITING = [
  waiting("jobs_waiting", "Jobs that are not finished.", ({ waiting }) => waiting),
  waiting("jobs_due", "Jobs whose time has come and that no worker holds.", ({ due }) => due),
  waiting("jobs_overdue_seconds", "Since when the first is due.", (of) => of.secondsOverdue),
  waiting("jobs_given_up", "Jobs that were given up.", ({ givenUp }) => givenUp),
];

function waiting(name: string, help: string, figureOf: (counts: KindCounts) => number) {
  return { gauge: gauge(name, help, LABELS), figureOf };
}

/** The metrics of one subgraph, whose database is read for every scrape. */
export function measureJobs(subgraph: string, database: Sql): JobMetrics {
  let known: readonly KindCounts[] = [];
  const forget = () => {
    for (const { kind } of known) for (const each of WAITING) each.gauge.remove({ subgraph, kind });
    known = [];
  };
  const stopWatching = watchDue(database);
  const stopReading = onScrape(async () => {
    const counts = await countJobs(database).finally(forget);
    known = counts;
    for (const of of counts) {
      for (const each of WAITING) each.gauge.set({ subgraph, kind: of.kind }, each.figureOf(of));
    }
  });
  return {
    ended(kind, outcome, seconds) {
      ends.inc({ subgraph, kind, outcome });
      durations.observe({ subgraph, kind }, seconds);
    },
    stop() {
      stopReading();
      stopWatching();
      forget();
    },
  };
}

const DUE_EVERY_MS = 10_000;

/** Counts due jobs now and then for the summary of the process, until the function is called. */
function watchDue(database: Sql): () => void {
  let due = 0;
  const read = () =>
    void countJobs(database).then(
      (counts) => {
        due = counts.reduce((sum, kind) => sum + kind.due, 0);
      },
      () => {},
    );
  const timer = setInterval(read, DUE_EVERY_MS).unref();
  const unwatch = watchLevel("dueJobs", () => due);
  return () => {
    clearInterval(timer);
    unwatch();
  };
}
