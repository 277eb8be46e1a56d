// Starts the users subgraph: settings, database, keys, relay, consumers, server.
import { z } from "zod";
import { startRefolding } from "#kit/data/refolding";
import { startConsumers } from "#kit/facts/consumers";
import { measureOutbox } from "#kit/facts/outbox-metrics";
import { startRelay } from "#kit/facts/relay";
import { createLive } from "#kit/live/live";
import { createPubSub } from "#kit/live/pubsub";
import { logReader } from "#kit/live/streams";
import { pushKeyShape } from "#kit/push/settings";
import { ConfigError, readConfig } from "#kit/service/config";
import { runService } from "#kit/service/lifecycle";
import { createLog, type Log } from "#kit/service/logger";
import { startSubgraph, subgraphShape } from "#kit/service/subgraph";
import { storageOfSettings, storageShape } from "#kit/storage/settings";
import { openSummaryFeed } from "#kit/telemetry/summary-feed";
import {
  importSigningKey,
  keySetSetting,
  type SigningKey,
  signingKeySetting,
} from "#kit/trust/keys";
import { createSealing, sealingKeysSetting } from "#kit/trust/sealing";
import { policies } from "./access.ts";
import { resolvers as addresses } from "./accounts/addresses/resolvers.ts";
import { resolvers as devices } from "./accounts/devices/resolvers.ts";
import { createPasswords } from "./accounts/hashing.ts";
import { resolvers as language } from "./accounts/language/resolvers.ts";
import { resolvers as leaving } from "./accounts/leaving/resolvers.ts";
import { resolvers as magicLinks } from "./accounts/magic-links/resolvers.ts";
import { resolvers as passwords } from "./accounts/passwords/resolvers.ts";
import { resolvers as reauthentication } from "./accounts/reauthentication/resolvers.ts";
import { resolvers as roles } from "./accounts/roles/resolvers.ts";
import { isRestricted, scopesOfAccess } from "./accounts/roles/rules.ts";
import { resolvers as secondFactor } from "./accounts/second-factor/resolvers.ts";
import { secondFactorSetting } from "./accounts/second-factor-setting.ts";
import {
  ACCESS_TOKEN_SECONDS,
  type AccessTokens,
  createAccessTokens,
} from "./accounts/sessions/access-tokens.ts";
import { resolvers as sessions } from "./accounts/sessions/resolvers.ts";
import { serveKeySet } from "./accounts/sessions/routes.ts";
import { resolvers as signUp } from "./accounts/sign-up/resolvers.ts";
import { resolvers as suspensions } from "./accounts/suspensions/resolvers.ts";
import { contextMaker } from "./context.ts";
import { type Database, openDatabase } from "./database.ts";
import { refuseDemoAccounts } from "./demo.ts";
import { emailVerificationShape } from "./email-verification.ts";
import { resolvers as failedJobs } from "./failed-jobs/resolvers.ts";
import { fileLimitsOf, fileLimitsShape } from "./file-limits.ts";
import { HANDLERS, snapshotOf } from "./integration.ts";
import { resolvers as centre } from "./notices/centre/resolvers.ts";
import { resolvers as preferences } from "./notices/preferences/resolvers.ts";
import { routes } from "./notices/preferences/routes.ts";
import { resolvers as pushSubscriptions } from "./notices/push-subscriptions/resolvers.ts";
import { resolvers as ops } from "./ops/resolvers.ts";
import { resolvers as avatars } from "./people/avatars/resolvers.ts";
import { resolvers as blocks } from "./people/blocks/resolvers.ts";
import { renewSkeletons } from "./people/names/jobs.ts";
import { resolvers as names } from "./people/names/resolvers.ts";
import { refoldPeople } from "./people/profiles/jobs.ts";
import { resolvers as profiles } from "./people/profiles/resolvers.ts";

const name = "users";

const FEATURES = [
  addresses,
  avatars,
  blocks,
  centre,
  devices,
  failedJobs,
  language,
  leaving,
  magicLinks,
  names,
  ops,
  passwords,
  preferences,
  profiles,
  pushSubscriptions,
  reauthentication,
  roles,
  secondFactor,
  sessions,
  signUp,
  suspensions,
];

const shape = {
  ...subgraphShape,
  DATABASE_URL_USERS: z.url(),
  ACCESS_TOKEN_SIGNING_KEY: signingKeySetting,
  ACCESS_TOKEN_KEY_SET: keySetSetting,
  SEALING_KEYS: sealingKeysSetting,
  ...emailVerificationShape,
  ...storageShape,
  ...fileLimitsShape,
  ...pushKeyShape,
  SECOND_FACTOR_REQUIRED_FOR: secondFactorSetting,
  ACCESS_TOKEN_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(ACCESS_TOKEN_SECONDS)
    .default(ACCESS_TOKEN_SECONDS),
  ACCOUNT_GRACE_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .default(30 * 86_400),
};

/** Keeps the folds of all searched texts and the skeletons of names at this version. */
function startRefoldings(database: Database, log: Log) {
  return {
    people: startRefolding({
      name: "people",
      log,
      refold: (limit) => refoldPeople(database, limit),
    }),
    names: startRefolding({
      name: "names",
      log,
      refold: (limit) => renewSkeletons(database, limit),
    }),
  };
}

async function accessTokensOf(config: z.output<z.ZodObject<typeof shape>>): Promise<AccessTokens> {
  return createAccessTokens({
    signingKey: await publishedKey(config.ACCESS_TOKEN_SIGNING_KEY, config.ACCESS_TOKEN_KEY_SET),
    lifeSeconds: config.ACCESS_TOKEN_SECONDS,
    scopesOf: (access) => scopesOfAccess(access, config.EMAIL_VERIFICATION),
    isRestricted,
  });
}

/** The key that signs, which others must find in the published set. */
async function publishedKey(
  signing: z.output<typeof signingKeySetting>,
  published: z.output<typeof keySetSetting>,
): Promise<SigningKey> {
  const key = await importSigningKey(signing);
  if (published.keys.some(({ kid }) => kid === key.kid)) return key;
  throw new ConfigError(
    `ACCESS_TOKEN_KEY_SET lacks ${key.kid}, the key of ACCESS_TOKEN_SIGNING_KEY. ` +
      "Publish a key before signing with it.",
  );
}

/** Streams of people, with entries as soon as they are published. */
function openLive(database: Database, { redisUrl: url, redisPrefix, log }: Shared) {
  const pubsub = createPubSub({ url, prefix: `${redisPrefix}:${name}`, log });
  return {
    live: createLive({ logs: logReader(database), pubsub, log }),
    closeLive: () => pubsub.close(),
  };
}

interface Shared {
  readonly redisUrl: string;
  readonly redisPrefix: string;
  readonly log: Log;
}

await runService(async () => {
  const config = readConfig(shape);
  const accessTokens = await accessTokensOf(config);
  const log = createLog({ name, level: config.LOG_LEVEL });
  const { database, pool, close } = openDatabase(config.DATABASE_URL_USERS, log);
  if (config.NODE_ENV === "production") await refuseDemoAccounts(database, log);
  const shared = { redisUrl: config.REDIS_URL, redisPrefix: config.REDIS_PREFIX, log };
  const between = { ...shared, databaseUrl: config.DATABASE_URL_USERS };
  const summaries = openSummaryFeed(shared);
  const { live, closeLive } = openLive(database, shared);
  const storage = storageOfSettings(config);
  measureOutbox(name, database);
  const relay = startRelay({ ...between, source: name, snapshot: snapshotOf(database) });
  const consumers = startConsumers(HANDLERS, { ...between, database, announce: live.announce });
  const refoldings = startRefoldings(database, log);
  return startSubgraph({
    name,
    config,
    log,
    features: FEATURES,
    policies,
    createContext: contextMaker({
      database,
      live,
      folded: refoldings.people,
      passwords: await createPasswords(),
      sealing: createSealing(config.SEALING_KEYS),
      graceMs: config.ACCOUNT_GRACE_SECONDS * 1_000,
      emailVerification: config.EMAIL_VERIFICATION,
      secondFactorRequiredFor: config.SECOND_FACTOR_REQUIRED_FOR,
      accessTokens,
      storage,
      fileLimits: fileLimitsOf(config),
      webPushKey: config.VAPID_PUBLIC_KEY ?? null,
      outboundAllowed: config.OUTBOUND_ALLOWED_RANGES,
      summaries,
    }),
    plainRoutes: routes,
    routes: (app) => serveKeySet(app, config.ACCESS_TOKEN_KEY_SET),
    checks: {
      database: () => pool.query("select 1"),
      folded: refoldings.people.check,
      names: refoldings.names.check,
    },
    // Redis is not checked: without it, streams still get entries by the poll of heads.
    beforeStop: () => Promise.all([summaries.close(), live.close()]),
    afterStop: async () => {
      await Promise.all([relay.stop(), consumers.stop()]);
      await Promise.all([refoldings.people.stop(), refoldings.names.stop()]);
      await Promise.all([storage.close(), closeLive()]);
      await close();
    },
  });
});
