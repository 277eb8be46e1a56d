// Applies integration events: effect and offset in one transaction. During an outage it waits; an
// event whose handler keeps failing becomes a dead letter, and consuming goes on.
import { GraphQLError } from "graphql";
import type { z } from "zod";
import { backoffMs } from "#kit/backoff";
import { inTransaction, type Sql, type TransactionRunner } from "#kit/data/database";
import { countApplied, countFailure } from "#kit/facts/consumer-metrics";
import {
  deleteLetter,
  deleteLetters,
  insertDeadLetter,
  markFailedAgain,
  moveOffset,
  takeRequeuedLetter,
} from "#kit/facts/consumer-store";
import { type IntegrationEvent, type Offset, pause } from "#kit/facts/integration";
import type { Fact } from "#kit/facts/outbox";
import { type Announce, type Append, publishAfterCommit } from "#kit/live/changes";
import { appendEntries } from "#kit/live/streams";
import { isOutage } from "#kit/outage";
import type { Log } from "#kit/service/logger";
import { continueKept, inSpan } from "#kit/telemetry/traced";

/** Applies the events of one topic to the consumer's own data. */
export interface Handler<Tx extends Sql> {
  readonly topic: string;
  /**
   * True when each event needs a transaction of its own: the handler locks streams, and a
   * transaction must lock all its streams in one order.
   */
  readonly isAlone?: boolean;
  /** Without `append`, entries are appended and not published. */
  apply(tx: Tx, fact: Fact, append?: Append): Promise<void>;
  /** Makes all stored versions older than any new one: the source numbers its versions anew. */
  resetVersions?(tx: Tx): Promise<void>;
}

/**
 * A handler of states of this shape, which needs only the fields that `apply` reads. `apply` must
 * ignore a version that is not newer than the stored one: snapshots and dead letters bring old
 * ones. `resetVersions` makes all stored versions older than any new one.
 */
export function handle<Tx extends Sql, State extends z.ZodType>(
  topic: string,
  state: State,
  apply: (tx: Tx, state: z.output<State>, version: number, append: Append) => Promise<void>,
  resetVersions: (tx: Tx) => Promise<void>,
): Handler<Tx> {
  return {
    topic,
    resetVersions,
    apply: (tx, { payload, version }, append = (entries) => appendEntries(tx, entries)) =>
      apply(tx, state.parse(payload), version, append),
  };
}

interface Effects<Tx extends Sql> {
  readonly source: string;
  readonly database: TransactionRunner<Tx> & Sql;
  readonly handlers: readonly Handler<Tx>[];
  /** Publishes entries that are committed. */
  readonly announce?: Announce | undefined;
  readonly log: Log;
  readonly attemptsMax?: number;
  readonly firstBackoffMs?: number;
}

const ATTEMPTS_MAX = 6;
const FIRST_BACKOFF_MS = 100;

/** Another process has moved the offset, so there is nothing to do here. */
class OffsetMoved extends Error {}

/** Applies consecutive events that begin right behind an offset: all at once, or one by one. */
export async function applyRun<Tx extends Sql>(
  effects: Effects<Tx>,
  { position, epoch }: Offset,
  events: readonly IntegrationEvent[],
  signal: AbortSignal,
): Promise<void> {
  const { source } = effects;
  const store = (from: number, to: number, work: Work<Tx>) =>
    commit(effects, async (tx, append) => {
      const offset = { position: from, epoch };
      if (!(await moveOffset(tx, source, offset, to))) throw new OffsetMoved();
      await work(tx, append);
    });
  try {
    const last = events.at(-1)?.position ?? position;
    const all = (work: Work<Tx>) => store(position, last, work);
    if (await applyTogether(effects, events, all)) return countApplied(source, events);
    for (const event of events) {
      if (signal.aborted) return;
      const to = event.position;
      const own = (work: Work<Tx>) => store(to - 1, to, work);
      if (await applyOrGiveUp(effects, event, to, signal, own)) countApplied(source, [event]);
    }
  } catch (error) {
    if (!(error instanceof OffsetMoved)) throw error;
  }
}

/**
 * Makes all stored versions of a source older than any new one, because its epoch has changed, and
 * deletes its dead letters: the snapshot has their facts. False when another process does it.
 */
export async function resetAllVersions<Tx extends Sql>(
  effects: Effects<Tx>,
  at: Offset,
): Promise<boolean> {
  const { database, source, handlers } = effects;
  return inTransaction(database, async (tx) => {
    if (!(await moveOffset(tx, source, at, at.position))) return false;
    for (const handler of handlers) await handler.resetVersions?.(tx);
    await deleteLetters(tx, source);
    return true;
  });
}

/** Applies the states of a snapshot, which have no position of their own. */
export async function applyFacts<Tx extends Sql>(
  effects: Effects<Tx>,
  position: number,
  facts: readonly Fact[],
  signal: AbortSignal,
): Promise<void> {
  const store = (work: Work<Tx>) => commit(effects, work);
  if (await applyTogether(effects, facts, store)) return;
  for (const fact of facts) {
    if (signal.aborted) return;
    await applyOrGiveUp(effects, fact, position, signal, store);
  }
}

/** Tries one dead letter that an operator requeued. */
export async function retryRequeued<Tx extends Sql>(effects: Effects<Tx>): Promise<void> {
  const { database, source, log } = effects;
  let tried: string | null = null;
  const failure = await attempt(() =>
    commit(effects, async (tx, append) => {
      const letter = await takeRequeuedLetter(tx, source);
      if (!letter) return;
      tried = letter.id;
      await applyOne(effects, tx, letter, append);
      await deleteLetter(tx, letter.id);
    }),
  );
  if (failure === null || tried === null) return;
  log.warn({ err: failure.error, source, letter: tried }, "a dead letter failed again");
  await markFailedAgain(database, tried, textOf(failure.error));
}

/** The work of one transaction. */
type Work<Tx> = (tx: Tx, append: Append) => Promise<void>;

async function commit<Tx extends Sql>(
  { database, announce = () => undefined }: Effects<Tx>,
  work: Work<Tx>,
): Promise<void> {
  await publishAfterCommit(database, announce, ({ tx, append }) => work(tx, append));
}

/** Applies facts in one transaction. False when they must be applied one by one. */
async function applyTogether<Tx extends Sql>(
  effects: Effects<Tx>,
  facts: readonly Fact[],
  store: (work: Work<Tx>) => Promise<void>,
): Promise<boolean> {
  const alone = effects.handlers.filter((handler) => handler.isAlone).map(({ topic }) => topic);
  if (facts.length > 1 && facts.some(({ topic }) => alone.includes(topic))) return false;
  const [first] = facts;
  const failure = await attempt(() =>
    first && facts.length === 1
      ? inTraceOf(first, () => store((tx, append) => applyOne(effects, tx, first, append)))
      : store(async (tx, append) => {
          for (const fact of facts) {
            await inTraceOf(fact, () => applyOne(effects, tx, fact, append));
          }
        }),
  );
  return failure === null;
}

/** Continues the trace of the fact's cause, so that its effects belong to it too. */
function inTraceOf(fact: Fact, work: () => Promise<void>): Promise<void> {
  return inSpan(continueKept(`apply ${fact.topic}`, fact.trace, { kind: "consumer" }), work);
}

async function applyOne<Tx extends Sql>(
  { handlers }: Effects<Tx>,
  tx: Tx,
  fact: Fact,
  append: Append,
): Promise<void> {
  for (const handler of handlers) {
    if (handler.topic === fact.topic) await handler.apply(tx, fact, append);
  }
}

/**
 * Tries one fact until it is stored, or stores it as a dead letter after the last attempt. True if
 * it was applied.
 */
async function applyOrGiveUp<Tx extends Sql>(
  effects: Effects<Tx>,
  fact: Fact,
  position: number,
  signal: AbortSignal,
  store: (work: Work<Tx>) => Promise<void>,
): Promise<boolean> {
  const { source, log, attemptsMax = ATTEMPTS_MAX, firstBackoffMs = FIRST_BACKOFF_MS } = effects;
  for (let tries = 1; ; tries += 1) {
    const failure = await attempt(() =>
      inTraceOf(fact, () => store((tx, append) => applyOne(effects, tx, fact, append))),
    );
    if (failure === null || signal.aborted) return failure === null;
    const { topic, key, version } = fact;
    const facts = { err: failure.error, source, topic, key, version, tries };
    if (tries >= attemptsMax) {
      log.error(facts, "an integration event became a dead letter");
      countFailure(source, "deadLetter");
      await store((tx) => insertDeadLetter(tx, source, position, fact, textOf(failure.error)));
      return false;
    }
    countFailure(source, "failed");
    log.warn(facts, "an integration event failed");
    await pause(backoffMs(tries, { firstMs: firstBackoffMs }), signal);
  }
}

/** Null when the work succeeded, else the handler's error. Outages and lock waits are rethrown. */
async function attempt(work: () => Promise<void>): Promise<{ readonly error: unknown } | null> {
  try {
    await work();
    return null;
  } catch (error) {
    const isBusy = error instanceof GraphQLError && error.extensions.code === "CONFLICT";
    if (error instanceof OffsetMoved || isBusy || isOutage(error)) throw error;
    return { error };
  }
}

const ERROR_LENGTH_MAX = 2_000;

function textOf(error: unknown): string {
  return String(error instanceof Error ? (error.stack ?? error.message) : error)
    .replaceAll("\0", "")
    .slice(0, ERROR_LENGTH_MAX);
}
