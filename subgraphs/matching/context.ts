// The context of one request. Loaders live as long as the request, or one event of a subscription.

import { createKeyedQueue, type KeyedQueue } from "#kit/data/keyed-queue";
import { FOLDED, type Folded } from "#kit/data/refolding";
import type { Live } from "#kit/live/live";
import type { RequestContext } from "#kit/service/request";
import { type AttendingLoaders, createAttendingLoaders } from "./attending/loaders.ts";
import type { Database } from "./database.ts";
import { createMatchLoaders, type MatchLoaders } from "./matches/loaders.ts";
import { createSuggestionLoaders, type SuggestionLoaders } from "./suggestions/loaders.ts";

export interface Context extends RequestContext {
  readonly database: Database;
  readonly live: Live;
  /** Whether all topics have the current fold, so that equal ones are found. */
  readonly folded: Folded;
  /** Queues requests that make a list for the same person. */
  readonly queue: KeyedQueue;
  readonly loaders: SuggestionLoaders & MatchLoaders & AttendingLoaders;
}

/** Makes the contexts of requests over one database and its streams. */
export function contextMaker(database: Database, live: Live, folded: Folded = FOLDED) {
  const queue = createKeyedQueue();
  return (request: RequestContext): Context => ({
    ...request,
    database,
    live,
    folded,
    queue,
    loaders: {
      ...createSuggestionLoaders(database, request.viewer),
      ...createMatchLoaders(database, request.viewer),
      ...createAttendingLoaders(database, request.viewer),
    },
  });
}
