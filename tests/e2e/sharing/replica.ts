// A replica of messaging inside the test's process, with real sockets, database and Redis, and a
// bus that loses messages on request. It serves subscriptions only; tests call actions directly.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type pg from "pg";
import { afterAll } from "vitest";
import { systemClock } from "../../../kit/clock.ts";
import { createAdapter, createPool } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { createLive } from "../../../kit/live/live.ts";
import { createPubSub, type PubSub } from "../../../kit/live/pubsub.ts";
import { createSignals } from "../../../kit/live/signals.ts";
import { logReader } from "../../../kit/live/streams.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { requestContext } from "../../../kit/service/request.ts";
import { serveSubscriptions } from "../../../kit/service/sockets.ts";
import { subgraphSchema } from "../../../kit/service/subgraph.ts";
import { enforceAuthorization } from "../../../kit/trust/enforcement.ts";
import { AUDIENCE, createIdentityVerifier, type Identity } from "../../../kit/trust/identity.ts";
import { keyFinder } from "../../../kit/trust/keys.ts";
import { policies } from "../../../subgraphs/messaging/access.ts";
import { type Context, contextMaker } from "../../../subgraphs/messaging/context.ts";
import { resolvers as conversations } from "../../../subgraphs/messaging/conversations/resolvers.ts";
import { PrismaClient } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { resolvers as messages } from "../../../subgraphs/messaging/messages/resolvers.ts";
import { resolvers as pins } from "../../../subgraphs/messaging/pins/resolvers.ts";
import { resolvers as reactions } from "../../../subgraphs/messaging/reactions/resolvers.ts";
import { resolvers as reading } from "../../../subgraphs/messaging/reading/resolvers.ts";
import { resolvers as watching } from "../../../subgraphs/messaging/watching/resolvers.ts";
import { stack } from "../../kit/stack.ts";
import { messagingFiles } from "../../kit/stack-storage.ts";
import { asViewer } from "../../kit/subgraph-socket.ts";

export interface Replica {
  readonly url: string;
  /** The context of a person at this replica. */
  as(personId: string): Context;
  /** The context of a feed's audience, by its share key. */
  asAudienceOf(shareKey: string): Context;
  /** Stops in order: the streams end, then the sockets close. */
  stop(): Promise<void>;
}

export interface ReplicaOptions {
  /** Called for each message that reaches the replica. */
  readonly loses?: () => boolean;
  readonly pollMs?: number;
  /** Default: one pool for all replicas. */
  readonly pool?: pg.Pool;
}

const log = createLog({ name: "replica-in-a-test", level: "silent" });
const { urls, keys } = stack();
const bus = createPubSub({ url: urls.redis, prefix: `replica-in-a-test-${newId()}`, log });
// The clients of all replicas listen to its errors.
const pool = createPool(urls.databases.messaging ?? "", log).setMaxListeners(0);
const features = [conversations, messages, pins, reactions, reading, watching];
const schema = enforceAuthorization<Context>(subgraphSchema("messaging", features), policies);

// After the replicas have stopped, because a stream that is opening still sends statements.
afterAll(async () => {
  await bus.close();
  await pool.end();
});

/** The shared bus without the received messages for which `loses` returns true. */
function lossyReceiver(loses: () => boolean): PubSub {
  return {
    ...bus,
    subscribe: (channel, onMessage) =>
      bus.subscribe(channel, (message) => {
        if (!loses()) onMessage(message);
      }),
  };
}

/** Starts a replica. All replicas of a test file share the bus, and by default the pool. */
export async function startReplica(options: ReplicaOptions = {}): Promise<Replica> {
  const { loses = () => false, pollMs = 20 } = options;
  const database = new PrismaClient({ adapter: createAdapter(options.pool ?? pool) });
  const pubsub = lossyReceiver(loses);
  const live = createLive({ logs: logReader(database), pubsub, log, pollMs });
  const createContext = contextMaker({
    database,
    live,
    signals: createSignals(pubsub),
    ...messagingFiles(),
    editMinutes: 0,
  });
  const contextOf = (identity: Identity, shareKey?: string) =>
    createContext(requestContext(identity, "", log, systemClock, { feed: shareKey ?? null }));
  const verify = createIdentityVerifier(keyFinder(JSON.parse(keys.IDENTITY_KEY_SET)));
  const server = createServer();
  const sockets = serveSubscriptions({
    name: "tested",
    server,
    schema,
    verify,
    log,
    createContext,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    as: (id) => contextOf(asViewer(id)),
    asAudienceOf: (shareKey) => contextOf(AUDIENCE, shareKey),
    async stop() {
      live.close();
      await sockets.stop();
      server.close();
      // Closes connections that have not become sockets yet.
      server.closeAllConnections();
    },
  };
}
