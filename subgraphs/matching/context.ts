// What one request of this subgraph carries. Loaders live as long as the request, or one event of a
// subscription.

import { FOLDED, type Folded } from "#kit/data/refolding";
import { createTurns, type Turns } from "#kit/data/turns";
import type { Live } from "#kit/live/live";
import type { RequestContext } from "#kit/service/request";
import type { Prisma, PrismaClient } from "./generated/prisma/client.ts";
import { createMatchLoaders, type MatchLoaders } from "./matches/loaders.ts";
import { createSuggestionLoaders, type SuggestionLoaders } from "./suggestions/loaders.ts";

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

export interface Context extends RequestContext {
  readonly database: Database;
  readonly live: Live;
  /** Whether all topics are of one fold, so that equal ones are found. */
  readonly folded: Folded;
  /** Who asks for the first list of one person takes turns. */
  readonly turns: Turns;
  readonly loaders: SuggestionLoaders & MatchLoaders;
}

/** Makes the contexts of requests over one database and its streams. */
export function contextMaker(database: Database, live: Live, folded: Folded = FOLDED) {
  const turns = createTurns();
  return (request: RequestContext): Context => ({
    ...request,
    database,
    live,
    folded,
    turns,
    loaders: {
      ...createSuggestionLoaders(database, request.viewer),
      ...createMatchLoaders(database, request.viewer),
    },
  });
}
