// What one request of this subgraph carries.
import type { RequestContext } from "#kit/request";
import type { PrismaClient } from "./generated/prisma/client.ts";

export type Database = PrismaClient;

export interface Context extends RequestContext {
  readonly database: Database;
}
