// Tracks how far a consumer is behind its source: for metrics, and for the log while it is behind.
import type { FastifyInstance } from "fastify";
import { Gauge, Registry } from "prom-client";
import type { Log } from "#kit/service/logger";

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

export function trackLag(source: string, log: Log) {
  let lag: Lag | null = null;
  let upToDateAt = Date.now();
  let loggedAt = 0;
  return {
    current: (): Lag | null => lag,
    see(position: number, head: number): void {
      const now = Date.now();
      const events = Math.max(0, head - position);
      if (events === 0) upToDateAt = now;
      lag = { source, position, events, seconds: (now - upToDateAt) / 1_000 };
      if (lag.seconds < LOG_FROM_SECONDS || now - loggedAt < LOG_EVERY_MS) return;
      loggedAt = now;
      log.info(lag, "behind a source of integration events");
    },
    forget(): void {
      lag = null;
      upToDateAt = Date.now();
    },
  };
}

/** Serves `GET /metrics` with the lag of the consumers that work in this process. */
export function serveLag(app: FastifyInstance, consumers: readonly { lag(): Lag | null }[]): void {
  const registry = new Registry();
  const gauge = (name: string, help: string, read: (lag: Lag) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ["source"],
      registers: [registry],
      collect() {
        this.reset();
        for (const lag of consumers.map((consumer) => consumer.lag())) {
          if (lag) this.set({ source: lag.source }, read(lag));
        }
      },
    });
  gauge("integration_events_behind", "Events that wait to be consumed.", (lag) => lag.events);
  gauge("integration_seconds_behind", "Seconds since up to date.", (lag) => lag.seconds);
  app.get("/metrics", async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
