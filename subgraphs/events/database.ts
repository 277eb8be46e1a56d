// Opens the database of this subgraph: the pool, and Prisma over it.
import type pg from "pg";
import { createAdapter, createPool } from "#kit/data/database";
import type { Log } from "#kit/service/logger";
import { type Prisma, PrismaClient } from "./generated/prisma/client.ts";

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

export interface OpenDatabase {
  readonly database: Database;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export function openDatabase(url: string, log: Log): OpenDatabase {
  const pool = createPool(url, log);
  const database = new PrismaClient({ adapter: createAdapter(pool), errorFormat: "minimal" });
  return {
    database,
    pool,
    async close() {
      await database.$disconnect();
      await pool.end();
    },
  };
}
