// A relay and a consumer for tests, with short waits and a handler that adds a row for every
// effect.
import { type Consumer, startConsumer } from "../../../kit/facts/consumer.ts";
import type { Handler } from "../../../kit/facts/effects.ts";
import { type Relay, startRelay } from "../../../kit/facts/relay.ts";
import type { SnapshotSource } from "../../../kit/facts/relay-answers.ts";
import type { Log } from "../../../kit/service/logger.ts";
import type { Prisma, PrismaClient } from "../../../subgraphs/matching/generated/prisma/client.ts";

export interface Setup {
  readonly ownerUrl: string;
  readonly consumerUrl: string;
  readonly redisUrl: string;
  readonly redisPrefix: string;
  readonly streamMax: number;
}

export const TOPIC = "test.thing.changed.v1";

export type Tx = Prisma.TransactionClient;

/** Adds a row. A key that begins with "poison" fails. */
export const effectHandler: Handler<Tx> = {
  topic: TOPIC,
  async apply(tx, { key, version }) {
    if (key.startsWith("poison")) throw new Error("this event cannot be applied");
    await tx.$executeRaw`/* test.effect */
      insert into effect (key, version) values (${key}, ${version}::int)`;
  },
};

/** Settings that a test changes. */
interface RelaySettings {
  readonly snapshot?: SnapshotSource;
  readonly pollMs?: number;
  readonly keptMs?: number;
}

export function relayOf(setup: Setup, log: Log, wish: RelaySettings = {}): Relay {
  const { ownerUrl: databaseUrl, redisUrl, redisPrefix, streamMax } = setup;
  const source = "users";
  const pace = { pollMs: 100, retryMs: 50, streamMax, snapshot: [], ...wish };
  return startRelay({ source, databaseUrl, redisUrl, redisPrefix, log, ...pace });
}

export function consumerOf(
  setup: Setup,
  database: PrismaClient,
  log: Log,
  handler = effectHandler,
): Consumer {
  const { consumerUrl: databaseUrl, redisUrl, redisPrefix } = setup;
  const pace = { waitMs: 100, retryMs: 50, answerMs: 500, attemptsMax: 3, firstBackoffMs: 5 };
  const handlers = [handler];
  const where = { source: "users", databaseUrl, redisUrl, redisPrefix };
  return startConsumer<Tx>({ ...where, database, log, handlers, ...pace });
}
