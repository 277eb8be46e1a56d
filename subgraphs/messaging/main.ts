// Starts the messaging subgraph: settings, database, streams, relay, consumers, server.
import { z } from "zod";
import { startConsumers } from "#kit/facts/consumers";
import { measureOutbox } from "#kit/facts/outbox-metrics";
import { startRelay } from "#kit/facts/relay";
import { createLive } from "#kit/live/live";
import { createPubSub } from "#kit/live/pubsub";
import { createSignals } from "#kit/live/signals";
import { logReader } from "#kit/live/streams";
import { readConfig } from "#kit/service/config";
import { runService } from "#kit/service/lifecycle";
import { createLog } from "#kit/service/logger";
import { startSubgraph, subgraphShape } from "#kit/service/subgraph";
import { storageOfSettings, storageShape } from "#kit/storage/settings";
import { policies } from "./access.ts";
import { resolvers as attachments } from "./attachments/resolvers.ts";
import { contextMaker } from "./context.ts";
import { resolvers as conversations } from "./conversations/resolvers.ts";
import { openDatabase } from "./database.ts";
import { resolvers as drafts } from "./drafts/resolvers.ts";
import { resolvers as edits } from "./edits/resolvers.ts";
import { resolvers as eventGroups } from "./event-groups/resolvers.ts";
import { resolvers as failedJobs } from "./failed-jobs/resolvers.ts";
import { fileLimitsOf, fileLimitsShape } from "./file-limits.ts";
import { resolvers as forwarding } from "./forwarding/resolvers.ts";
import { resolvers as groups } from "./groups/resolvers.ts";
import { resolvers as happenings } from "./happenings/resolvers.ts";
import { resolvers as hiding } from "./hiding/resolvers.ts";
import { resolvers as inbox } from "./inbox/resolvers.ts";
import { HANDLERS, snapshotOf } from "./integration.ts";
import { resolvers as invites } from "./invites/resolvers.ts";
import { resolvers as matches } from "./matches/resolvers.ts";
import { resolvers as members } from "./members/resolvers.ts";
import { resolvers as mentions } from "./mentions/resolvers.ts";
import { resolvers as messages } from "./messages/resolvers.ts";
import { resolvers as notes } from "./notes/resolvers.ts";
import { resolvers as pictures } from "./pictures/resolvers.ts";
import { resolvers as pins } from "./pins/resolvers.ts";
import { resolvers as reactions } from "./reactions/resolvers.ts";
import { resolvers as reading } from "./reading/resolvers.ts";
import { resolvers as requests } from "./requests/resolvers.ts";
import { resolvers as roles } from "./roles/resolvers.ts";
import { resolvers as settings } from "./settings/resolvers.ts";
import { resolvers as threads } from "./threads/resolvers.ts";
import { resolvers as typing } from "./typing/resolvers.ts";
import { resolvers as watching } from "./watching/resolvers.ts";

const name = "messaging";
const DAY_MINUTES = 24 * 60;
const EDIT_MINUTES_MAX = 365 * DAY_MINUTES;
const FEATURES = [
  attachments,
  eventGroups,
  failedJobs,
  happenings,
  conversations,
  drafts,
  edits,
  groups,
  forwarding,
  hiding,
  inbox,
  invites,
  matches,
  members,
  mentions,
  messages,
  notes,
  pictures,
  pins,
  reactions,
  reading,
  requests,
  roles,
  threads,
  settings,
  typing,
  watching,
];

await runService(async () => {
  const config = readConfig({
    ...subgraphShape,
    ...storageShape,
    ...fileLimitsShape,
    DATABASE_URL_MESSAGING: z.url(),
    MESSAGE_EDIT_MINUTES: z.coerce.number().int().min(0).max(EDIT_MINUTES_MAX).default(DAY_MINUTES),
  });
  const log = createLog({ name, level: config.LOG_LEVEL });
  const { database, pool, close } = openDatabase(config.DATABASE_URL_MESSAGING, log);
  const pubsub = createPubSub({
    url: config.REDIS_URL,
    prefix: `${config.REDIS_PREFIX}:${name}`,
    log,
  });
  const live = createLive({ logs: logReader(database), pubsub, log });
  const signals = createSignals(pubsub);
  const storage = storageOfSettings(config);
  const between = {
    databaseUrl: config.DATABASE_URL_MESSAGING,
    redisUrl: config.REDIS_URL,
    redisPrefix: config.REDIS_PREFIX,
    log,
  };
  measureOutbox(name, database);
  const relay = startRelay({ ...between, source: name, snapshot: snapshotOf(database) });
  const consumers = startConsumers(HANDLERS, { ...between, database, announce: live.announce });
  return startSubgraph({
    name,
    config,
    log,
    features: FEATURES,
    createContext: contextMaker({
      ...{ database, live, signals, storage },
      fileLimits: fileLimitsOf(config),
      editMinutes: config.MESSAGE_EDIT_MINUTES,
    }),
    policies,
    // Redis is not checked: without it, streams still get entries by the poll of heads.
    checks: { database: () => pool.query("select 1") },
    beforeStop: () => {
      live.close();
      signals.close();
    },
    afterStop: async () => {
      await Promise.all([relay.stop(), consumers.stop()]);
      await Promise.all([pubsub.close(), storage.close()]);
      await close();
    },
  });
});
