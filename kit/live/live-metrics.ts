// The metrics of live streams in this process. Nothing is counted by stream: a stream is an id.
import { counter, distribution, gauge, onScrape } from "#kit/telemetry/metrics";

interface OpenTail {
  readonly followers: { readonly size: number };
}

const open = new Set<ReadonlyMap<string, OpenTail>>();

const streams = gauge("live_open_streams", "Streams that readers in this process follow.");
const followers = distribution(
  "live_followers",
  "readers of one stream in this process.",
  [1, 2, 5, 10, 50, 100, 500, 1_000, 5_000],
);
const wakeUps = counter(
  "live_wakeups_total",
  "Wake-ups that came from Redis; a gap means that some before it were lost.",
  ["outcome"],
);
const polled = counter(
  "live_missed_wakeups_total",
  "Streams whose new entries were found by polling the database, because no wake-up came.",
);
const failures = counter("live_wakeup_failures_total", "Wake-ups that Redis did not take.");
for (const outcome of ["ok", "gap"]) wakeUps.inc({ outcome }, 0);

onScrape(() => {
  const tails = [...open].flatMap((each) => [...each.values()]);
  streams.set(tails.length);
  followers.observeAll(tails.map((tail) => tail.followers.size));
});

/** Observes these streams, as they come and go, until the returned function is called. */
export function measureTails(tails: ReadonlyMap<string, OpenTail>): () => void {
  open.add(tails);
  return () => void open.delete(tails);
}

export function countWakeUp(outcome: "ok" | "gap"): void {
  wakeUps.inc({ outcome });
}

export function countMissedWakeUp(): void {
  polled.inc();
}

export function countWakeUpFailure(): void {
  failures.inc();
}
