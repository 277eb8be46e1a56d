// Applies integration events: effect and position in one transaction. An outage is waited out; an
// event whose handler keeps failing is buried as a dead letter, and consuming goes on.
import { GraphQLError } from "graphql";
import type { z } from "zod";
import { bury, deleteLetter, keepLetter, movePosition, takeRequeued } from "#kit/consumer-store";
import { inTransaction, type Sql, type TransactionRunner } from "#kit/database";
import { type IntegrationEvent, pause } from "#kit/integration";
import type { Log } from "#kit/log";
import { isOutage } from "#kit/outage";
import type { Fact } from "#kit/outbox";

/** What one topic does to the consumer's own data. */
export interface Handler<Tx> {
  readonly topic: string;
  apply(tx: Tx, fact: Fact): Promise<void>;
}

/**
 * A handler for states of this shape, which names no more than is needed. It must ignore a version
 * that is not newer than what it has: snapshots and dead letters bring old ones.
 */
export function handle<Tx, State extends z.ZodType>(
  topic: string,
  state: State,
  apply: (tx: Tx, state: z.output<State>, version: number) => Promise<void>,
): Handler<Tx> {
  return { topic, apply: (tx, fact) => apply(tx, state.parse(fact.payload), fact.version) };
}

interface Effects<Tx extends Sql> {
  readonly source: string;
  readonly database: TransactionRunner<Tx> & Sql;
  readonly handlers: readonly Handler<Tx>[];
  readonly log: Log;
  readonly attemptsMax?: number;
  readonly firstBackoffMs?: number;
}

const ATTEMPTS_MAX = 6;
const FIRST_BACKOFF_MS = 100;

/** Another process has moved the position: there is nothing to do here. */
class Overtaken extends Error {}

/** Applies a run of events that begins right behind `position`: together, or else one by one. */
export async function applyRun<Tx extends Sql>(
  effects: Effects<Tx>,
  position: number,
  events: readonly IntegrationEvent[],
  signal: AbortSignal,
): Promise<void> {
  const { database, source } = effects;
  const store = (from: number, to: number, work: (tx: Tx) => Promise<void>) =>
    inTransaction(database, async (tx) => {
      if (!(await movePosition(tx, source, from, to))) throw new Overtaken();
      await work(tx);
    });
  try {
    const last = events.at(-1)?.position ?? position;
    const failure = await attempt(() =>
      store(position, last, async (tx) => {
        for (const event of events) await applyOne(effects, tx, event);
      }),
    );
    if (failure === null) return;
    for (const event of events) {
      if (signal.aborted) return;
      const to = event.position;
      await applyOrBury(effects, event, to, signal, (work) => store(to - 1, to, work));
    }
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
  }
}

/** Applies the states of a snapshot, which have no position of their own. */
export async function applyFacts<Tx extends Sql>(
  effects: Effects<Tx>,
  position: number,
  facts: readonly Fact[],
  signal: AbortSignal,
): Promise<void> {
  const store = (work: (tx: Tx) => Promise<void>) => inTransaction(effects.database, work);
  const failure = await attempt(() =>
    store(async (tx) => {
      for (const fact of facts) await applyOne(effects, tx, fact);
    }),
  );
  if (failure === null) return;
  for (const fact of facts) {
    if (signal.aborted) return;
    await applyOrBury(effects, fact, position, signal, store);
  }
}

/** Tries one dead letter that an operator asked for. */
export async function retryRequeued<Tx extends Sql>(effects: Effects<Tx>): Promise<void> {
  const { database, source, log } = effects;
  let tried: string | null = null;
  const failure = await attempt(() =>
    inTransaction(database, async (tx) => {
      const letter = await takeRequeued(tx, source);
      if (!letter) return;
      tried = letter.id;
      await applyOne(effects, tx, letter);
      await deleteLetter(tx, letter.id);
    }),
  );
  if (failure === null || tried === null) return;
  log.warn({ err: failure.error, source, letter: tried }, "a dead letter failed again");
  await keepLetter(database, tried, textOf(failure.error));
}

async function applyOne<Tx extends Sql>(
  { handlers }: Effects<Tx>,
  tx: Tx,
  fact: Fact,
): Promise<void> {
  for (const handler of handlers) {
    if (handler.topic === fact.topic) await handler.apply(tx, fact);
  }
}

/** Tries one fact until it is stored or has failed often enough. */
async function applyOrBury<Tx extends Sql>(
  effects: Effects<Tx>,
  fact: Fact,
  position: number,
  signal: AbortSignal,
  store: (work: (tx: Tx) => Promise<void>) => Promise<void>,
): Promise<void> {
  const { source, log, attemptsMax = ATTEMPTS_MAX, firstBackoffMs = FIRST_BACKOFF_MS } = effects;
  for (let tries = 1; ; tries += 1) {
    const failure = await attempt(() => store((tx) => applyOne(effects, tx, fact)));
    if (failure === null || signal.aborted) return;
    const { topic, key, version } = fact;
    const facts = { err: failure.error, source, topic, key, version, tries };
    if (tries >= attemptsMax) {
      log.error(facts, "an integration event was buried");
      return store((tx) => bury(tx, source, position, fact, textOf(failure.error)));
    }
    log.warn(facts, "an integration event failed");
    await pause(firstBackoffMs * 2 ** (tries - 1), signal);
  }
}

/** Null when it went well, else what the handler threw; an outage is thrown on. */
async function attempt(work: () => Promise<void>): Promise<{ readonly error: unknown } | null> {
  try {
    await work();
    return null;
  } catch (error) {
    const isBusy = error instanceof GraphQLError && error.extensions.code === "CONFLICT";
    if (error instanceof Overtaken || isBusy || isOutage(error)) throw error;
    return { error };
  }
}

const ERROR_LENGTH_MAX = 2_000;

function textOf(error: unknown): string {
  return String(error instanceof Error ? (error.stack ?? error.message) : error)
    .replaceAll("\0", "")
    .slice(0, ERROR_LENGTH_MAX);
}
