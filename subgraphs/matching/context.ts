// What one request of this subgraph carries.
import type { RequestContext } from "#kit/request";
import type { Prisma, PrismaClient } from "./generated/prisma/client.ts";

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

export interface Context extends RequestContext {
  readonly database: Database;
}
