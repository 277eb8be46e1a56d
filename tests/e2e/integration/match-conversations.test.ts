// Every match gets one conversation, despite kills of the process that opens it and locks on the
// streams of the same people. It is announced after the commit.
import { fork } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import type pg from "pg";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { createAdapter, createPool, inTransaction } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { applyRun, type Handler } from "../../../kit/facts/effects.ts";
import {
  type IntegrationEvent,
  integrationEvent,
  integrationKeys,
} from "../../../kit/facts/integration.ts";
import { addToOutbox } from "../../../kit/facts/outbox.ts";
import { startRelay } from "../../../kit/facts/relay.ts";
import type { Announce } from "../../../kit/live/changes.ts";
import { openStreams } from "../../../kit/live/streams.ts";
import { createDatabases } from "../../../local/databases.ts";
import { migrate } from "../../../local/migrate.ts";
import { startPostgres } from "../../../local/postgres.ts";
import { migrationsFolder } from "../../../local/project.ts";
import { startRedis } from "../../../local/redis.ts";
import { PrismaClient as Matching } from "../../../subgraphs/matching/generated/prisma/client.ts";
import { matchFact, snapshotOf } from "../../../subgraphs/matching/integration.ts";
import { insertMatch } from "../../../subgraphs/matching/matches/store.ts";
import type { Transaction } from "../../../subgraphs/messaging/database.ts";
import { PrismaClient as Messaging } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { HANDLERS } from "../../../subgraphs/messaging/integration.ts";
import { recordSpans } from "../../kit/recorded-spans.ts";
import type { OpeningSetup } from "./match-conversations-setup.ts";
import { beginAt, log, until } from "./own-servers.ts";

let setup: OpeningSetup;
let matching: Matching;
let messaging: Messaging;
let pool: pg.Pool;
const undos: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "meetinity-openings-"));
  // Root's PostgreSQL runs as another user, who has to pass through.
  await chmod(dataDir, 0o711);
  const postgres = await startPostgres({ dataDir: join(dataDir, "postgres"), isDurable: false });
  const redis = await startRedis({ dataDir: join(dataDir, "redis") });
  const urls = await createDatabases(postgres.adminUrl, ["matching", "messaging"]);
  for (const [name, databaseUrl] of Object.entries(urls)) {
    await migrate({ name, databaseUrl, directory: migrationsFolder(name) });
  }
  const { matching: matchingUrl = "", messaging: messagingUrl = "" } = urls;
  setup = { matchingUrl, messagingUrl, redisUrl: redis.url, redisPrefix: "test" };
  const owner = createPool(matchingUrl, log);
  pool = createPool(messagingUrl, log);
  await beginAt(owner, pool, "matching", 0);
  matching = new Matching({ adapter: createAdapter(owner) });
  messaging = new Messaging({ adapter: createAdapter(pool) });
  const where = { databaseUrl: matchingUrl, redisUrl: redis.url, redisPrefix: "test" };
  const relay = startRelay({ ...where, source: "matching", log, snapshot: snapshotOf(matching) });
  undos.push(async () => {
    await relay.stop();
    await Promise.all([matching.$disconnect(), messaging.$disconnect()]);
    await Promise.all([owner.end(), pool.end()]);
    await Promise.all([postgres.stop(), redis.stop()]);
    await rm(dataDir, { recursive: true, force: true });
  });
});

afterAll(async () => {
  for (const undo of undos.reverse()) await undo();
});

const PROGRAM = fileURLToPath(new URL("match-conversations-child.ts", import.meta.url));

/** Starts a process that opens conversations, and returns its kill by SIGKILL. */
async function startOpening(): Promise<() => Promise<void>> {
  const child = fork(PROGRAM, [JSON.stringify(setup)], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  const kill = async () => {
    child.kill("SIGKILL");
    await exited;
  };
  undos.push(kill);
  await once(child, "message");
  return kill;
}

/** Publishes a match of two people. */
async function aMatch(firstId: string, secondId: string): Promise<void> {
  const match = { id: newId(), firstId, secondId, createdAt: new Date() };
  await inTransaction(matching, async (tx) => {
    await insertMatch(tx, match);
    await addToOutbox(tx, [matchFact(match)]);
  });
}

const count = async (question: string, values: unknown[] = []) =>
  (await pool.query(question, values)).rowCount ?? 0;

const CONVERSATIONS = "select from conversation where pair_low = any($1) or pair_high = any($1)";
const ENTRIES = "select from stream_entry where stream_id = any($1)";
const WAITING = `select from pg_stat_activity
  where wait_event_type = 'Lock' and datname = current_database()`;

test("a consumer that is killed while it opens a conversation opens none, and the next one opens it", async () => {
  const kill = await startOpening();
  const [ada, bob] = [newId(), newId()];
  const streams = [ada, bob].map((id) => `person:${id}`);
  const holder = await pool.connect();
  await holder.query("begin");
  await holder.query("insert into stream (id) values ($1)", [streams[1]]);
  await aMatch(ada, bob);
  await until(async () => (await count(WAITING)) === 1);
  await kill();
  await holder.query("rollback");
  holder.release();
  await until(async () => (await count(WAITING)) === 0);
  expect(await count(CONVERSATIONS, [[ada, bob]])).toBe(0);
  const killNext = await startOpening();
  await until(async () => (await count(CONVERSATIONS, [[ada, bob]])) === 1);
  await killNext();
  expect(await count(ENTRIES, [streams])).toBe(2);
});

test("after many kills every match has one conversation with one entry", async () => {
  const people: string[] = [];
  const opened = () => count(CONVERSATIONS, [people]);
  for (let round = 1; round <= 3; round += 1) {
    const kill = await startOpening();
    const before = await opened();
    const couples = Array.from({ length: 40 }, () => [newId(), newId()] as const);
    people.push(...couples.flat());
    const telling = Promise.all(couples.map((couple) => aMatch(...couple)));
    await until(async () => (await opened()) > before);
    await kill();
    await telling;
  }
  const kill = await startOpening();
  await until(async () => (await opened()) === people.length / 2);
  await kill();
  expect(await count(ENTRIES, [people.map((id) => `person:${id}`)])).toBe(people.length);
  expect(await count("select from dead_letter")).toBe(0);
}, 120_000);

test("a match leads to its conversation in one trace", async () => {
  const recorder = recordSpans();
  onTestFinished(recorder.stop);
  const [ada, bob] = [newId(), newId()];
  const traceId = await recorder.trace(() => aMatch(ada, bob));
  const ended = (name: string) =>
    recorder.spans.some((span) => span.name.startsWith(name) && span.isEnded);
  await until(async () => ended("relay "));
  const redis = new Redis(setup.redisUrl);
  const { stream } = integrationKeys(setup.redisPrefix, "matching");
  const [newest] = await redis.xrevrange(stream, "+", "-", "COUNT", 1);
  redis.disconnect();
  const event = integrationEvent.parse(JSON.parse(newest?.[1][1] ?? "null"));
  const handlers = HANDLERS.matching;
  const effects = { source: await aSource(), database: messaging, handlers, log };
  await applyRun(effects, start, [{ ...event, position: 1 }], neverAborted);
  expect(ended("apply ")).toBe(true);
  expect(new Set(recorder.spans.map((span) => span.traceId))).toEqual(new Set([traceId]));
  const { rows } = await pool.query("select trace from stream_entry where stream_id = any($1)", [
    [ada, bob].map((id) => `person:${id}`),
  ]);
  const applied = recorder.spans.find(({ name }) => name.startsWith("apply "));
  const trace = `00-${traceId}-${applied?.spanId}-01`;
  expect(rows).toEqual([{ trace }, { trace }]);
});

/** The event of a person's match with somebody. */
function published(firstId: string, position: number): IntegrationEvent {
  const match = { id: newId(), firstId, secondId: newId(), createdAt: new Date() };
  const { payload, ...fact } = matchFact(match);
  return { ...fact, payload: JSON.parse(JSON.stringify(payload)), position, toldAtMs: 0 };
}

/** A new source, from which nothing has been consumed. */
async function aSource(): Promise<string> {
  const source = newId();
  await pool.query("insert into consumer_position values ($1, 0, now())", [source]);
  return source;
}

const start = { position: 0, epoch: null };
const neverAborted = new AbortController().signal;

test("an opened conversation is announced after the commit, and not after a rollback", async () => {
  const [opener] = HANDLERS.matching;
  const poison = { topic: opener?.topic ?? "", apply: () => Promise.reject(new Error("no")) };
  const announcedOf = async (handlers: readonly Handler<Transaction>[]) => {
    const [ada, source] = [newId(), await aSource()];
    const seen: Promise<number>[] = [];
    const announce: Announce = (entries) => {
      for (const { streamId } of entries) seen.push(count(ENTRIES, [[streamId]]));
    };
    const effects = { source, database: messaging, handlers, log, announce, attemptsMax: 1 };
    await applyRun(effects, start, [published(ada, 1)], neverAborted);
    return Promise.all(seen);
  };
  expect(await announcedOf(HANDLERS.matching)).toEqual([1, 1]);
  expect(await announcedOf([...HANDLERS.matching, poison])).toEqual([]);
});

/**
 * Two matches in one run, while another transaction holds the second's stream and wants the
 * first's.
 */
async function crossed(isAlone: boolean): Promise<unknown[]> {
  const [low, high] = [newId(), newId()];
  const events = [published(high, 1), published(low, 2)];
  const handlers = HANDLERS.matching.map((handler) => ({ ...handler, isAlone }));
  const effects = { source: await aSource(), database: messaging, handlers, log };
  let isHeld = () => {};
  const held = new Promise<void>((resolve) => {
    isHeld = resolve;
  });
  const other = inTransaction(messaging, async (tx) => {
    await openStreams(tx, [`person:${low}`]);
    isHeld();
    await until(async () => (await count(WAITING)) === 1);
    await openStreams(tx, [`person:${high}`]);
  });
  await held;
  const applied = applyRun(effects, start, events, neverAborted);
  const outcomes = await Promise.allSettled([other, applied]);
  return outcomes.filter(({ status }) => status === "rejected");
}

test("matches that arrive together do not deadlock", async () => {
  expect(await crossed(true)).toEqual([]);
});

test("matches opened in one transaction would deadlock", async () => {
  expect(await crossed(false)).toHaveLength(1);
});
