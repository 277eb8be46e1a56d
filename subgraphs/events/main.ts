// Starts the events subgraph: settings, database, streams, relay, consumers, server.
import { z } from "zod";
import { startRefolding } from "#kit/data/refolding";
import { startConsumers } from "#kit/facts/consumers";
import { measureOutbox } from "#kit/facts/outbox-metrics";
import { startRelay } from "#kit/facts/relay";
import { createLive } from "#kit/live/live";
import { createPubSub } from "#kit/live/pubsub";
import { logReader } from "#kit/live/streams";
import { readConfig } from "#kit/service/config";
import { runService } from "#kit/service/lifecycle";
import { createLog } from "#kit/service/logger";
import { startSubgraph, subgraphShape } from "#kit/service/subgraph";
import { storageOfSettings, storageShape } from "#kit/storage/settings";
import { policies } from "./access.ts";
import { contextMaker } from "./context.ts";
import { openDatabase } from "./database.ts";
import { resolvers as checkIns } from "./door/check-ins/resolvers.ts";
import { resolvers as doorList } from "./door/door-list/resolvers.ts";
import { createTicketCodes, ticketKeysSetting } from "./door/ticket-codes.ts";
import { resolvers as tickets } from "./door/tickets/resolvers.ts";
import { resolvers as walkIns } from "./door/walk-ins/resolvers.ts";
import { resolvers as failedJobs } from "./failed-jobs/resolvers.ts";
import { fileLimitsOf, fileLimitsShape } from "./file-limits.ts";
import { HANDLERS, snapshotOf } from "./integration.ts";
import { resolvers as changes } from "./planning/changes/resolvers.ts";
import { resolvers as covers } from "./planning/covers/resolvers.ts";
import { refoldEvents } from "./planning/events/jobs.ts";
import { resolvers as events } from "./planning/events/resolvers.ts";
import { resolvers as hosts } from "./planning/hosts/resolvers.ts";
import { resolvers as lifecycle } from "./planning/lifecycle/resolvers.ts";
import { resolvers as listing } from "./planning/listing/resolvers.ts";
import { resolvers as managed } from "./planning/managed/resolvers.ts";
import { resolvers as questions } from "./planning/questions/resolvers.ts";
import { resolvers as ticketTypes } from "./planning/ticket-types/resolvers.ts";
import { refoldNames } from "./projection/jobs.ts";
import { resolvers as answers } from "./seats/answers/resolvers.ts";
import { resolvers as approvals } from "./seats/approvals/resolvers.ts";
import { resolvers as attendees } from "./seats/attendees/resolvers.ts";
import { resolvers as exports } from "./seats/exports/resolvers.ts";
import { routes } from "./seats/exports/routes.ts";
import { resolvers as offers } from "./seats/offers/resolvers.ts";
import { resolvers as overview } from "./seats/overview/resolvers.ts";
import { resolvers as parties } from "./seats/parties/resolvers.ts";
import { resolvers as position } from "./seats/position/resolvers.ts";
import { resolvers as registrations } from "./seats/registrations/resolvers.ts";
import { resolvers as visibility } from "./seats/visibility/resolvers.ts";

const name = "events";

const FEATURES = [
  failedJobs,
  events,
  listing,
  changes,
  covers,
  lifecycle,
  hosts,
  managed,
  questions,
  ticketTypes,
  attendees,
  registrations,
  visibility,
  answers,
  overview,
  exports,
  position,
  tickets,
  checkIns,
  walkIns,
  doorList,
  offers,
  parties,
  approvals,
];

await runService(async () => {
  const config = readConfig({
    ...subgraphShape,
    DATABASE_URL_EVENTS: z.url(),
    TICKET_SIGNING_KEYS: ticketKeysSetting,
    ...storageShape,
    ...fileLimitsShape,
  });
  const log = createLog({ name, level: config.LOG_LEVEL });
  const { database, pool, close } = openDatabase(config.DATABASE_URL_EVENTS, log);
  const pubsub = createPubSub({
    url: config.REDIS_URL,
    prefix: `${config.REDIS_PREFIX}:${name}`,
    log,
  });
  const live = createLive({ logs: logReader(database), pubsub, log });
  const between = {
    databaseUrl: config.DATABASE_URL_EVENTS,
    redisUrl: config.REDIS_URL,
    redisPrefix: config.REDIS_PREFIX,
    log,
  };
  const storage = storageOfSettings(config);
  measureOutbox(name, database);
  const relay = startRelay({ ...between, source: name, snapshot: snapshotOf(database) });
  const consumers = startConsumers(HANDLERS, { ...between, database });
  const folded = startRefolding({
    name: "events",
    log,
    refold: async (limit) =>
      (await refoldEvents(database, limit)) + (await refoldNames(database, limit)),
  });
  return startSubgraph({
    name,
    config,
    log,
    features: FEATURES,
    policies,
    createContext: contextMaker({
      database,
      live,
      tickets: createTicketCodes(config.TICKET_SIGNING_KEYS),
      storage,
      fileLimits: fileLimitsOf(config),
      folded,
    }),
    plainRoutes: routes,
    // Redis is not checked: without it, streams still get entries by the poll of heads.
    checks: { database: () => pool.query("select 1"), folded: folded.check },
    beforeStop: live.close,
    afterStop: async () => {
      await Promise.all([relay.stop(), consumers.stop(), folded.stop(), pubsub.close()]);
      await Promise.all([storage.close(), close()]);
    },
  });
});
