// The types of this subgraph's database, and how it is opened.
import { type OpenDatabase, openDatabase as open } from "#kit/data/database";
import type { Log } from "#kit/service/logger";
import { type Prisma, PrismaClient } from "./generated/prisma/client.ts";

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

export function openDatabase(url: string, log: Log): OpenDatabase<Database> {
  return open<Database>(PrismaClient, url, log);
}
