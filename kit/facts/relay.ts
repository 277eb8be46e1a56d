// The relay of a subgraph: writes the rows of its outbox to its Redis Stream, and answers consumers
// that miss some. Only one of all replicas works. After a crash between two steps an event may be
// published again under the same position; Redis refuses it, and consumers ignore it.
import type { ChainableCommander, Redis } from "ioredis";
import type pg from "pg";
import { connectStrictly, renewIfDead } from "#kit/data/redis";
import { type IntegrationEvent, integrationKeys, pause } from "#kit/facts/integration";
import { type Leader, type Leadership, startLeader } from "#kit/facts/leader";
import { OUTBOX_CHANNEL } from "#kit/facts/outbox";
import { countPublished, countRelaying } from "#kit/facts/outbox-metrics";
import { answerRequests, OUTBOX_RESTORED, type SnapshotSource } from "#kit/facts/relay-answers";
import {
  findBlanked,
  markBlank,
  markPublished,
  pruneOutbox,
  readHead,
  readUnpublished,
  renewEpochIfRestored,
  stampPending,
} from "#kit/facts/relay-store";
import type { Log } from "#kit/service/logger";
import type { Span } from "#kit/telemetry/spans";
import { continueKept } from "#kit/telemetry/traced";

const BATCH = 500;
const DAY_MS = 86_400_000;
const PRUNE_BATCH = 5_000;
/** A check that finds nothing to delete reads one index entry. */
const PRUNE_EVERY_MS = 60_000;
const COMMAND_TIMEOUT_MS = 5_000;

export interface RelayOptions {
  /** The subgraph whose outbox this is. */
  readonly source: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly redisPrefix: string;
  readonly log: Log;
  /** Reads the states of all aggregates, for a consumer that starts. */
  readonly snapshot: SnapshotSource;
  /** The longest delay of a row whose wake-up was lost. */
  readonly pollMs?: number;
  /** How long another replica may take to notice that there is no leader. */
  readonly retryMs?: number;
  /** About how many events the stream keeps. */
  readonly streamMax?: number;
  /** How long published rows are kept for replay. */
  readonly keptMs?: number;
}

export interface Relay extends Leader {}

/** Starts to relay, or to stand by for leadership. */
export function startRelay(options: RelayOptions): Relay {
  const { databaseUrl, source, log, retryMs } = options;
  return startLeader({
    databaseUrl,
    name: `integration.relay:${source}`,
    log,
    retryMs,
    work: (leadership) => relay(options, leadership),
  });
}

async function relay(options: RelayOptions, { client, signal }: Leadership): Promise<void> {
  const { redisUrl, redisPrefix, source, log } = options;
  const redis = connectStrictly("relay", redisUrl, log, COMMAND_TIMEOUT_MS);
  const waiting = connectStrictly("relayRequests", redisUrl, log, COMMAND_TIMEOUT_MS);
  const keys = integrationKeys(redisPrefix, source);
  const ended = new AbortController();
  const stopCounting = countRelaying(source);
  const either = AbortSignal.any([signal, ended.signal]);
  const disconnect = () => {
    redis.disconnect();
    waiting.disconnect();
  };
  either.addEventListener("abort", disconnect);
  try {
    const answering = answerRequests({ ...options, client, redis, waiting, keys, signal: either });
    await publishAll(options, client, redis, either).finally(() => ended.abort());
    await answering;
  } finally {
    stopCounting();
    disconnect();
  }
}

/** Publishes until the signal aborts. Waits while Redis is down; throws when the database is. */
async function publishAll(
  options: RelayOptions,
  client: pg.Client,
  redis: Redis,
  signal: AbortSignal,
): Promise<void> {
  const { pollMs = 1_000, keptMs = 30 * DAY_MS, log } = options;
  const wakeUps = new EventTarget();
  let wasWoken = false;
  client.on("notification", () => {
    wasWoken = true;
    wakeUps.dispatchEvent(new Event("wake-up"));
  });
  await client.query(`/* outbox.listen */ listen ${OUTBOX_CHANNEL}`);
  let prunedAt = 0;
  let isOurs = false;
  while (!signal.aborted) {
    wasWoken = false;
    try {
      // First, because new positions would hide that a backup was restored.
      if (!isOurs) await clearOtherEpoch(options, client, redis);
      isOurs = true;
      while (!signal.aborted && (await stampPending(client, BATCH)) === BATCH);
      while (!signal.aborted && (await publishBatch(options, client, redis)) === BATCH);
      await removeBlanked(options, client, redis);
    } catch (error) {
      if (!isRedisError(error)) throw error;
      log.warn({ err: error }, "integration events wait for Redis");
      renewIfDead(redis, error.cause);
      await pause(pollMs, signal);
      continue;
    }
    if (Date.now() - prunedAt > Math.min(keptMs, PRUNE_EVERY_MS)) {
      await pruneOutbox(client, keptMs, PRUNE_BATCH);
      prunedAt = Date.now();
    }
    if (!wasWoken) await wakeUpOr(wakeUps, pollMs, signal);
  }
}

/**
 * Deletes the stream if it belongs to another epoch: of a database that was thrown away while Redis
 * was not, or of our own before a restore. Its positions would be taken for ours.
 */
async function clearOtherEpoch(
  { source, redisPrefix, log }: RelayOptions,
  client: pg.Client,
  redis: Redis,
): Promise<void> {
  const keys = integrationKeys(redisPrefix, source);
  const known = await redis.get(keys.epoch).catch(redisFailure);
  const newest = await redis.xrevrange(keys.stream, "+", "-", "COUNT", 1).catch(redisFailure);
  const after = Number.parseInt(newest[0]?.[0] ?? "0", 10);
  if (await renewEpochIfRestored(client, known, after)) log.warn({ after }, OUTBOX_RESTORED);
  const { epoch } = await readHead(client);
  if (known === epoch) return;
  await exec(redis.multi().del(keys.stream, keys.head).set(keys.epoch, epoch));
}

/**
 * Deletes the stream if it may have the content of facts that were erased since. Deleting entries
 * alone would leave their bytes in Redis. A consumer that had not read it to its end gets the rest
 * from the outbox.
 */
async function removeBlanked(
  { source, redisPrefix }: RelayOptions,
  client: pg.Client,
  redis: Redis,
): Promise<void> {
  const upTo = await findBlanked(client);
  if (upTo === null) return;
  await redis.del(integrationKeys(redisPrefix, source).stream).catch(redisFailure);
  await markBlank(client, upTo);
}

/** Publishes a batch, then updates the head. Returns the number of events. */
async function publishBatch(
  { streamMax = 10_000, source, redisPrefix }: RelayOptions,
  client: pg.Client,
  redis: Redis,
): Promise<number> {
  const keys = integrationKeys(redisPrefix, source);
  const events = await readUnpublished(client, BATCH);
  if (events.length > 0) {
    const spans = events.flatMap((event) => relayed(event) ?? []);
    await exec(addAll(redis.pipeline(), keys.stream, events, streamMax));
    await markPublished(client, events.at(-1)?.position ?? 0);
    for (const span of spans) span.end();
    countPublished(source, events.length);
  }
  const { published, epoch } = await readHead(client);
  await redis.mset(keys.head, published, keys.epoch, epoch).catch(redisFailure);
  return events.length;
}

/** The span of an event in the trace of its cause, from its transaction until it is published. */
function relayed({ topic, trace, toldAtMs }: IntegrationEvent): Span | null {
  return continueKept(`relay ${topic}`, trace, { kind: "producer", startedAt: toldAtMs });
}

function addAll(
  pipeline: ChainableCommander,
  stream: string,
  events: readonly IntegrationEvent[],
  streamMax: number,
): ChainableCommander {
  for (const event of events) {
    const id = `${event.position}-0`;
    pipeline.xadd(stream, "MAXLEN", "~", streamMax, id, "event", JSON.stringify(event));
  }
  return pipeline;
}

/** Ids are positions, so Redis refuses an entry that is already in the stream. */
const ALREADY_IN_STREAM = "equal or smaller than the target stream top item";

async function exec(pipeline: ChainableCommander): Promise<void> {
  const results = await pipeline.exec().catch(redisFailure);
  for (const [error] of results ?? []) {
    if (error && !error.message.includes(ALREADY_IN_STREAM)) redisFailure(error);
  }
}

class RedisFailure extends Error {}

function redisFailure(cause: unknown): never {
  throw new RedisFailure("a command to Redis failed", { cause });
}

function isRedisError(error: unknown): error is RedisFailure {
  return error instanceof RedisFailure;
}

/** Waits for a wake-up, `ms` at most. */
async function wakeUpOr(wakeUps: EventTarget, ms: number, signal: AbortSignal): Promise<void> {
  const woken = new AbortController();
  const wake = () => woken.abort();
  wakeUps.addEventListener("wake-up", wake);
  await pause(ms, AbortSignal.any([signal, woken.signal]));
  wakeUps.removeEventListener("wake-up", wake);
}
