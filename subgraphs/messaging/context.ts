// What one request of this subgraph carries. Loaders live as long as the request, or one event of a
// subscription; the lane of sends and the marks of inboxes live as long as the process.

import type { Batcher } from "#kit/data/batcher";
import { createKeyedQueue, type KeyedQueue } from "#kit/data/keyed-queue";
import { onDemand } from "#kit/data/loaders";
import { createLookup } from "#kit/data/lookups";
import type { Live } from "#kit/live/live";
import type { Signals } from "#kit/live/signals";
import type { RequestContext } from "#kit/service/request";
import { type ConversationLoaders, createConversationLoaders } from "./conversations/loaders.ts";
import {
  authorizeWatchers,
  findWatchStarts,
  type WatchAuthorization,
  type WatchRequest,
  type WatchStart,
} from "./conversations/store.ts";
import type { Prisma, PrismaClient } from "./generated/prisma/client.ts";
import { createInboxLoaders, type InboxLoaders } from "./inbox/loaders.ts";
import { createMarks, type Marks } from "./inbox/marks.ts";
import { createMatchLoaders, type MatchLoaders } from "./matches/loaders.ts";
import { createMessageLoaders, type MessageLoaders } from "./messages/loaders.ts";
import { createSendBatcher, type SendVerdict } from "./messages/sending.ts";
import { findSharedMessages, type NewMessage, type SharedMessage } from "./messages/store.ts";
import { createPinLoaders, type PinLoaders } from "./pins/loaders.ts";
import { createReactionLoaders, type ReactionLoaders } from "./reactions/loaders.ts";
import { createReadingLoaders, type ReadingLoaders } from "./reading/loaders.ts";
import { conversationOfStream } from "./streams.ts";
import { createThrottle, type Throttle } from "./typing/throttle.ts";

export type Database = PrismaClient;
export type Transaction = Prisma.TransactionClient;

export interface Context extends RequestContext {
  readonly database: Database;
  readonly live: Live;
  /** Admits who wants to follow a conversation; null for whom there is none. */
  readonly authorizeWatch: (asking: WatchRequest) => Promise<WatchAuthorization | null>;
  /** The place of a conversation for its audience; null when there is none. */
  readonly watchStartOf: (conversationId: string) => Promise<WatchStart | null>;
  /** Who changes one conversation takes turns; sends have their lane instead. */
  readonly queue: KeyedQueue;
  /** Sends of this process, stored in batches. */
  readonly sends: Batcher<NewMessage, SendVerdict>;
  /** What people do right now. */
  readonly signals: Signals;
  readonly typing: Throttle;
  /** How far subscribers have received the inboxes of this process. */
  readonly marks: Marks;
  readonly loaders: ConversationLoaders &
    InboxLoaders &
    MatchLoaders &
    MessageLoaders &
    PinLoaders &
    ReactionLoaders &
    ReadingLoaders;
}

/** Makes the contexts of requests over one database and its streams. */
export function contextMaker(database: Database, live: Live, signals: Signals) {
  const queue = createKeyedQueue();
  const sends = createSendBatcher(database, live);
  const typing = createThrottle();
  const marks = createMarks(database);
  const authorizeWatch = createLookup((asking: readonly WatchRequest[]) =>
    authorizeWatchers(database, asking),
  );
  const watchStartOf = createLookup((ids: readonly string[]) => findWatchStarts(database, ids));
  const findSharedMessage = createLookup((asked: readonly SharedMessage[]) =>
    findSharedMessages(database, asked),
  );

  /** What is loaded for the viewer, or for the audience of one conversation. */
  function loadersOf({ viewer, feed }: RequestContext): Context["loaders"] {
    const audienceOf = feed === null ? null : conversationOfStream(feed);
    return {
      ...createConversationLoaders(database, viewer, audienceOf),
      ...createInboxLoaders(database),
      ...createMatchLoaders(database),
      ...createMessageLoaders(database, viewer, audienceOf, findSharedMessage),
      ...createPinLoaders(database),
      ...createReactionLoaders(database, viewer),
      ...createReadingLoaders(database, viewer),
    };
  }

  return (request: RequestContext): Context => {
    const loaders = onDemand(() => loadersOf(request));
    return {
      ...request,
      database,
      live,
      authorizeWatch,
      watchStartOf,
      queue,
      sends,
      signals,
      typing,
      marks,
      get loaders() {
        return loaders();
      },
    };
  };
}
