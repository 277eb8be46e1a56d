// Consumes the integration events of one source: each event's effect and the position behind it are
// stored in one transaction, so an effect happens once however often an event arrives. What the
// stream lacks is asked from the owner. One of all replicas works.

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
  /** Topics without a handler are passed over. */
  readonly handlers: readonly Handler<Tx>[];
  /** Tells of the entries that handlers appended to streams, after the commit. */
  readonly announce?: Announce;
  /** How long to wait for an event before looking whether the stream lost some. */
  readonly waitMs?: number;
  /** How long to wait after an outage, and for the lead. */
  readonly retryMs?: number;
  /** How long the owner may take to answer. */
  readonly answerMs?: number;
  /** How often an event is tried before it is buried, with waits that double. */
  readonly attemptsMax?: number;
  readonly firstBackoffMs?: number;
}

export interface Consumer extends Leader {
  /** How far behind the source this process knows itself to be; null while it stands by. */
  lag(): Lag | null;
}

const WAIT_MS = 1_000;
const RETRY_MS = 1_000;
const ANSWER_MS = 5_000;

/** Starts to consume, or to stand by. */
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
  return { stop: leader.stop, lag: lag.current };
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
        log.warn({ err: error, source: options.source }, "integration events have to wait");
        source.renew(error);
        await pause(retryMs, signal);
      }
    }
  } finally {
    source.close();
  }
}

/** Applies what comes next, or waits for it. */
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

/** Whether the source, as far as Redis knows, has never been where we are. */
async function isAhead(source: Source, at: Offset): Promise<boolean> {
  const head = await source.head();
  return head !== null && head.position < at.position;
}

/**
 * What Redis says does not go with where we are: events are missing, or are not of the outbox that
 * we know. The owner knows what is true, and has what comes next unless it was too long ago.
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
    options.log.warn(facts, "the outbox of a source is another one: beginning anew");
    if (!(await resetAllVersions(options, at))) return;
    return takeSnapshot(options, source, signal);
  }
  if (!page.isComplete) return takeSnapshot(options, source, signal);
  if (follows(page.events, at)) return applyRun(options, at, runOf(page.events), signal);
  await pause(options.waitMs ?? WAIT_MS, signal);
}

/** Receives the states of all aggregates, then tails from where the source was before them. */
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

/** The events up to the first hole. */
function runOf(events: readonly IntegrationEvent[]): IntegrationEvent[] {
  const first = events[0]?.position ?? 0;
  const end = events.findIndex((event, at) => event.position !== first + at);
  return end < 0 ? [...events] : events.slice(0, end);
}
