// Messaging's consumer of matches, with short waits.
import { type Consumer, startConsumer } from "../../../kit/facts/consumer.ts";
import type { Log } from "../../../kit/service/logger.ts";
import type { PrismaClient } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { HANDLERS } from "../../../subgraphs/messaging/integration.ts";

export interface OpeningSetup {
  readonly matchingUrl: string;
  readonly messagingUrl: string;
  readonly redisUrl: string;
  readonly redisPrefix: string;
}

export function openingConsumer(setup: OpeningSetup, database: PrismaClient, log: Log): Consumer {
  const { messagingUrl: databaseUrl, redisUrl, redisPrefix } = setup;
  const where = { source: "matching", databaseUrl, redisUrl, redisPrefix };
  const pace = { waitMs: 100, retryMs: 50, answerMs: 500 };
  return startConsumer({ ...where, ...pace, database, log, handlers: HANDLERS.matching });
}
