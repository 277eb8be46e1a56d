// Consumes the integration events of one source. An event's effect and the offset behind it are
// stored in one transaction, so an event that arrives twice takes effect once. Events that the
// Redis stream has lost are requested from the owner. Only one of all replicas consumes.

import type { Sql, TransactionRunner } from "#kit/data/database";
import { readOffset, startAt } from "#kit/facts/consumer-store";
import {
  applyFacts,
  applyRun,
  type Handler,
  resetAllVersions,
  retryRequeued,
} from "#kit/facts/effects";
import { type IntegrationEvent, type Offset, pause } from "#kit/facts/integration";
import { type Lag, trackLag } from "#kit/facts/lag";
import { type Leader, type Leadership, startLeader } from "#kit/facts/leader";
import { openSource, type Source } from "#kit/facts/source";
import type { Announce } from "#kit/live/changes";
import type { Log } from "#kit/service/logger";

export interface ConsumerOptions<Tx extends Sql> {
  /** The subgraph whose events are consumed. */
  readonly source: string;
  readonly database: TransactionRunner<Tx> & Sql;
  /** The same database, for the lock's own connection. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly redisPrefix: string;
  readonly log: Log;
  /** Events of topics without a handler are skipped. */
  readonly handlers: readonly Handler<Tx>[];
  /** Publishes the entries that handlers appended to streams, after the commit. */
  readonly announce?: Announce;
  /** How long to wait for an event before checking whether the stream has lost some. */
  readonly waitMs?: number;
  /** How long to wait after an outage, and between attempts to become the leader. */
  readonly retryMs?: number;
  /** How long to wait for an answer of the owner. */
  readonly answerMs?: number;
  /** How many attempts an event gets before it becomes a dead letter; the waits double. */
  readonly attemptsMax?: number;
  readonly firstBackoffMs?: number;
}

export interface Consumer extends Leader {
  /** How far this process is behind the source; null while it is on standby. */
  lag(): Lag | null;
}

const WAIT_MS = 1_000;
const RETRY_MS = 1_000;
const ANSWER_MS = 5_000;

/** Starts to consume, or to stand by for leadership. */
export function startConsumer<Tx extends Sql>(options: ConsumerOptions<Tx>): Consumer {
  const { databaseUrl, source, log, retryMs } = options;
  const lag = trackLag(source, log);
  const leader = startLeader({
    databaseUrl,
    name: `integration.consumer:${source}`,
    log,
    retryMs,
    work: (leadership) => consume(options, leadership, lag.see).finally(lag.forget),
  });
  return {
    async stop() {
      await leader.stop();
      lag.stop();
    },
    lag: lag.current,
  };
}

type SeeLag = (position: number, head: number) => void;

async function consume<Tx extends Sql>(
  options: ConsumerOptions<Tx>,
  { signal }: Leadership,
  see: SeeLag,
): Promise<void> {
  const { retryMs = RETRY_MS, waitMs = WAIT_MS, answerMs = ANSWER_MS, log } = options;
  const source = openSource({ ...options, waitMs, answerMs, signal });
  try {
    while (!signal.aborted) {
      try {
        await step(options, source, see, signal);
      } catch (error) {
        if (signal.aborted) return;
        log.warn({ err: error, source: options.source }, "integration events are delayed");
        source.renew(error);
        await pause(retryMs, signal);
      }
    }
  } finally {
    source.close();
  }
}

/** Applies the next events, or waits for some. */
async function step<Tx extends Sql>(
  options: ConsumerOptions<Tx>,
  source: Source,
  see: SeeLag,
  signal: AbortSignal,
): Promise<void> {
  const { database, source: name } = options;
  const at = await readOffset(database, name);
  if (at === null) return takeSnapshot(options, source, signal);
  const head = await source.head();
  const isOther = head !== null && head.epoch !== at.epoch;
  see(isOther ? 0 : at.position, head?.position ?? 0);
  if (isOther) return askOwner(options, source, at, signal);
  const isBehind = head !== null && head.position > at.position;
  const events = await source.read(at.position, isBehind);
  if (follows(events, at)) return applyRun(options, at, runOf(events), signal);
  if (events.length > 0 || isBehind || (await isAhead(source, at))) {
    return askOwner(options, source, at, signal);
  }
  await retryRequeued(options);
}

/** True when the head in Redis is before our offset. */
async function isAhead(source: Source, at: Offset): Promise<boolean> {
  const head = await source.head();
  return head !== null && head.position < at.position;
}

/**
 * The stream in Redis does not continue our offset: events are missing, or it belongs to another
 * epoch. The owner has the true state, and the next events unless they are too old.
 */
async function askOwner<Tx extends Sql>(
  options: ConsumerOptions<Tx>,
  source: Source,
  at: Offset,
  signal: AbortSignal,
): Promise<void> {
  const page = await source.replay(at);
  if (page.epoch !== at.epoch) {
    const facts = { source: options.source, ...at, nowEpoch: page.epoch };
    options.log.warn(facts, "the outbox of a source has another epoch: starting from a snapshot");
    if (!(await resetAllVersions(options, at))) return;
    return takeSnapshot(options, source, signal);
  }
  if (!page.isComplete) return takeSnapshot(options, source, signal);
  if (follows(page.events, at)) return applyRun(options, at, runOf(page.events), signal);
  await pause(options.waitMs ?? WAIT_MS, signal);
}

/** Applies the states of all aggregates, then starts at the offset that was read before them. */
async function takeSnapshot<Tx extends Sql>(
  options: ConsumerOptions<Tx>,
  source: Source,
  signal: AbortSignal,
): Promise<void> {
  const { database, source: name, log } = options;
  let cursor: string | null = null;
  let begin: Offset | null = null;
  let count = 0;
  do {
    const page = await source.snapshot(cursor);
    begin ??= { position: page.position, epoch: page.epoch };
    await applyFacts(options, begin.position, page.facts, signal);
    count += page.facts.length;
    cursor = page.next;
  } while (cursor !== null && !signal.aborted);
  if (signal.aborted) return;
  await startAt(database, name, begin);
  log.info({ source: name, ...begin, count }, "took a snapshot of integration events");
}

function follows(events: readonly IntegrationEvent[], at: Offset): boolean {
  return events[0]?.position === at.position + 1;
}

/** The events up to the first gap. */
function runOf(events: readonly IntegrationEvent[]): IntegrationEvent[] {
  const first = events[0]?.position ?? 0;
  const end = events.findIndex((event, at) => event.position !== first + at);
  return end < 0 ? [...events] : events.slice(0, end);
}
