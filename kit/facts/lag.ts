// Tracks how far a consumer is behind its source: for metrics, and for the log while it is behind.
import type { OptionalState } from "#kit/service/health";
import type { Log } from "#kit/service/logger";
import { gauge, onScrape } from "#kit/telemetry/metrics";

const events = gauge("integration_behind_events", "Events that wait to be consumed.", ["source"]);
const seconds = gauge("integration_behind_seconds", "Seconds since up to date.", ["source"]);

export interface Lag {
  readonly source: string;
  /** The position of the last event that was applied. */
  readonly position: number;
  /** Events that are published and not yet applied. */
  readonly events: number;
  /** For how long the consumer has not been up to date. */
  readonly seconds: number;
}

const LOG_EVERY_MS = 10_000;
/** A shorter lag is the ordinary delay of delivery, and is not logged. */
const LOG_FROM_SECONDS = 2;

/** A consumer that has not looked for this long does not know what waits. */
const BLIND_AFTER_MS = 5_000;

/** Of the consumers in this process. */
const tracked = new Set<() => Lag | null>();

onScrape(() => {
  events.reset();
  seconds.reset();
  for (const current of tracked) {
    const lag = current();
    if (!lag) continue;
    events.set({ source: lag.source }, lag.events);
    seconds.set({ source: lag.source }, lag.seconds);
  }
});

/** A longer lag is told with the health of a service. */
const STALE_SECONDS = 30;

/** How old the facts of each source are that this process consumes. */
export function lagHealth(): Readonly<Record<string, OptionalState>> {
  const lags = [...tracked].flatMap((current) => current() ?? []);
  return Object.fromEntries(
    lags.map(({ source, events, seconds }): [string, OptionalState] => {
      const isOk = seconds < STALE_SECONDS;
      const reason = isOk ? {} : { reason: `${events} events wait` };
      return [`events of ${source}`, { isOk, ...reason, secondsSinceOk: Math.round(seconds) }];
    }),
  );
}

export function trackLag(source: string, log: Log) {
  let lag: Lag | null = null;
  let seenAt = 0;
  const current = () => {
    const now = Date.now();
    if (!lag || now - seenAt < BLIND_AFTER_MS) return lag;
    return { ...lag, seconds: (now - upToDateAt) / 1_000 };
  };
  tracked.add(current);
  let upToDateAt = Date.now();
  let loggedAt = 0;
  return {
    current,
    see(position: number, head: number): void {
      const now = Date.now();
      seenAt = now;
      const behind = Math.max(0, head - position);
      if (behind === 0) upToDateAt = now;
      lag = { source, position, events: behind, seconds: (now - upToDateAt) / 1_000 };
      if (lag.seconds < LOG_FROM_SECONDS || now - loggedAt < LOG_EVERY_MS) return;
      loggedAt = now;
      log.info(lag, "behind a source of integration events");
    },
    forget(): void {
      lag = null;
      upToDateAt = Date.now();
    },
    stop: () => void tracked.delete(current),
  };
}
