// The facts that wait in the outbox of a subgraph, for Prometheus. Every process of the subgraph
// reads it, so that it is known also while none of them relays.
import type { Sql } from "#kit/data/database";
import { counter, gauge, onScrape } from "#kit/telemetry/metrics";

const LABELS = ["subgraph"] as const;
const waiting = gauge("outbox_waiting_events", "Facts that are not published yet.", LABELS);
const oldest = gauge(
  "outbox_oldest_waiting_seconds",
  "Age of the first fact that is not published yet; 0 if there is none.",
  LABELS,
);
const relaying = gauge("outbox_relaying", "1 in the process that publishes the facts.", LABELS);
const published = counter("outbox_published_total", "Facts that were published.", LABELS);

interface Waiting {
  readonly count: number;
  readonly seconds: number;
}

/** More are not counted: a scrape must be cheap when much waits. */
const COUNTED_MAX = 10_000;

/** Measures the outbox in `database` until the returned function is called. */
export function measureOutbox(subgraph: string, database: Sql): () => void {
  relaying.inc({ subgraph }, 0);
  published.inc({ subgraph }, 0);
  const stop = onScrape(async () => {
    const forget = () => {
      waiting.remove({ subgraph });
      oldest.remove({ subgraph });
    };
    const { count, seconds } = await countWaiting(database).finally(forget);
    waiting.set({ subgraph }, count);
    oldest.set({ subgraph }, seconds);
  });
  return () => {
    stop();
    waiting.remove({ subgraph });
    oldest.remove({ subgraph });
  };
}

export function countPublished(subgraph: string, events: number): void {
  published.inc({ subgraph }, events);
}

/** Says that this process relays until the returned function is called. */
export function countRelaying(subgraph: string): () => void {
  relaying.set({ subgraph }, 1);
  return () => relaying.set({ subgraph }, 0);
}

async function countWaiting(database: Sql): Promise<Waiting> {
  const [row] = await database.$queryRaw<Waiting[]>`/* outbox.waiting */
    select count(*)::int as count,
      greatest(0, coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0))::float8
        as seconds
    from (
      (select created_at from outbox where position is null order by id limit ${COUNTED_MAX})
      union all
      (select created_at from outbox
        where position > (select published from outbox_head)
        order by position limit ${COUNTED_MAX})
    ) as waiting`;
  return row ?? { count: 0, seconds: 0 };
}
