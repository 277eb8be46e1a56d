// Keeps production from starting on a database with demo accounts, whose passwords are public. The
// seed marks the database before it makes the first account (local/seed/mark.ts).
import { setTimeout as delay } from "node:timers/promises";
import { isOutage } from "#kit/outage";
import { ConfigError } from "#kit/service/config";
import type { Log } from "#kit/service/logger";
import type { Database } from "./database.ts";

const RETRY_MS = 1_000;

const REFUSAL = `The database of users holds the demo accounts, whose password everybody knows.
It is not for production.
Begin anew with empty databases. With npm start, name another folder, in which no demo was started:
  NODE_ENV=production MEETINITY_DATA=./production-data npm start
Elsewhere, set DATABASE_URL_USERS, and those of the other subgraphs, to empty databases.
Without NODE_ENV=production, npm start -- --no-demo also begins an empty folder without demo accounts.`;

/**
 * Throws a `ConfigError` when the database has demo accounts. Waits and asks again while the
 * database does not answer.
 */
export async function refuseDemoAccounts(database: Database, log: Log): Promise<void> {
  for (;;) {
    try {
      const mark = await database.demoMark.findFirst({ select: { id: true } });
      if (mark) throw new ConfigError(REFUSAL);
      return;
    } catch (error) {
      if (!isOutage(error)) throw error;
      log.warn({ err: error }, "the database does not answer: waiting for it");
      await delay(RETRY_MS);
    }
  }
}
