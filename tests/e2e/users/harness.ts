// The users subgraph in the test's process, over its own database. Tests set the clock, count
// statements and remove guards without effect on others.
import { randomBytes } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { FOLDED } from "../../../kit/data/refolding.ts";
import { failedIterator } from "../../../kit/live/iterators.ts";
import { allowedRangesSetting } from "../../../kit/outbound/addresses.ts";
import { readConfig } from "../../../kit/service/config.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { requestContext } from "../../../kit/service/request.ts";
import { startSubgraph } from "../../../kit/service/subgraph.ts";
import { storageOfSettings, storageShape } from "../../../kit/storage/settings.ts";
import {
  CLIENT_HEADER,
  clientHeader,
  type RequestClient,
  UNKNOWN_CLIENT,
} from "../../../kit/trust/client.ts";
import { createIdentityMint, IDENTITY_HEADER, type Identity } from "../../../kit/trust/identity.ts";
import { importSigningKey } from "../../../kit/trust/keys.ts";
import { createSealing, sealingKeysSetting } from "../../../kit/trust/sealing.ts";
import { policies } from "../../../subgraphs/users/access.ts";
import { resolvers as addresses } from "../../../subgraphs/users/accounts/addresses/resolvers.ts";
import { resolvers as devices } from "../../../subgraphs/users/accounts/devices/resolvers.ts";
import { createPasswords } from "../../../subgraphs/users/accounts/hashing.ts";
import { resolvers as magicLinks } from "../../../subgraphs/users/accounts/magic-links/resolvers.ts";
import { resolvers as passwords } from "../../../subgraphs/users/accounts/passwords/resolvers.ts";
import { resolvers as reauthentication } from "../../../subgraphs/users/accounts/reauthentication/resolvers.ts";
import { resolvers as roles } from "../../../subgraphs/users/accounts/roles/resolvers.ts";
import { isRestricted, scopesOfAccess } from "../../../subgraphs/users/accounts/roles/rules.ts";
import { resolvers as secondFactor } from "../../../subgraphs/users/accounts/second-factor/resolvers.ts";
import { createAccessTokens } from "../../../subgraphs/users/accounts/sessions/access-tokens.ts";
import { resolvers as sessions } from "../../../subgraphs/users/accounts/sessions/resolvers.ts";
import { signUp } from "../../../subgraphs/users/accounts/sign-up/actions.ts";
import { resolvers as signUpResolvers } from "../../../subgraphs/users/accounts/sign-up/resolvers.ts";
import type { SignedIn } from "../../../subgraphs/users/accounts/signing-in.ts";
import { resolvers as suspensions } from "../../../subgraphs/users/accounts/suspensions/resolvers.ts";
import { type Context, contextMaker } from "../../../subgraphs/users/context.ts";
import type { Database } from "../../../subgraphs/users/database.ts";
import { fileLimitsOf, fileLimitsShape } from "../../../subgraphs/users/file-limits.ts";
import { PrismaClient } from "../../../subgraphs/users/generated/prisma/client.ts";
import type { Role } from "../../../subgraphs/users/generated/prisma/enums.ts";
import { resolvers as blocks } from "../../../subgraphs/users/people/blocks/resolvers.ts";
import { resolvers as names } from "../../../subgraphs/users/people/names/resolvers.ts";
import { resolvers as profiles } from "../../../subgraphs/users/people/profiles/resolvers.ts";
import { openLive } from "../../kit/live.ts";
import { openOwnDatabase } from "../../kit/own-database.ts";
import { stack } from "../../kit/stack.ts";

export const PASSWORD = "correct horse battery staple";
export const anonymous: Identity = { kind: "anonymous" };
export const audience: Identity = { kind: "audience" };

const CONNECTIONS_MAX = 20;

export interface Users {
  /** The address of the database. */
  readonly url: string;
  readonly database: Database;
  /** Runs SQL in the database of this harness. */
  sql<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  /** The context of a request with this identity, at this time, of this client. */
  context(identity?: Identity, now?: Date, client?: RequestClient): Context;
  /** Signs a person up who owns their address. Returns the session and the e-mail address. */
  join(displayName?: string, now?: Date): Promise<SignedIn & { readonly email: string }>;
  /** The same database with connections of its own, as another replica has it. */
  replica(): Promise<Users>;
  /** The statements sent since the last call. */
  statements(): string[];
  close(): Promise<void>;
}

/** Connects to a database with the tables of users. */
function connect(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS_MAX });
  const database = new PrismaClient({
    adapter: new PrismaPg(pool),
    log: [{ emit: "event", level: "query" }],
  });
  const close = async () => {
    await database.$disconnect();
    await pool.end();
  };
  return { pool, database, close };
}

interface Settings {
  readonly secondFactorRequiredFor?: ReadonlySet<Role>;
}

/** Opens an empty database. Close its replicas first. */
export async function openUsers(settings: Settings = {}): Promise<Users> {
  const own = await openOwnDatabase("users");
  const users = await openReplica(own.url, settings);
  return {
    ...users,
    async close() {
      await users.close();
      await own.drop();
    },
  };
}

async function openReplica(url: string, settings: Settings): Promise<Users> {
  const { secondFactorRequiredFor = new Set() } = settings;
  const { pool, database, close } = connect(url);
  const sent: string[] = [];
  database.$on("query", ({ query }) => sent.push(query));
  const log = createLog({ name: "users", level: "silent" });
  const storage = storageOfSettings(readConfig(storageShape, stack().storage));
  const jwk = JSON.parse(stack().keys.ACCESS_TOKEN_SIGNING_KEY);
  const { live, closeLive } = openLive(database, log);
  const createContext = contextMaker({
    database,
    live,
    folded: FOLDED,
    graceMs: 30 * 86_400_000,
    passwords: await createPasswords(),
    emailVerification: "required",
    sealing: createSealing(sealingKeysSetting.parse(stack().keys.SEALING_KEYS)),
    secondFactorRequiredFor,
    accessTokens: createAccessTokens({
      signingKey: await importSigningKey(jwk),
      lifeSeconds: 900,
      scopesOf: (access) => scopesOfAccess(access),
      isRestricted,
    }),
    storage,
    fileLimits: fileLimitsOf(readConfig(fileLimitsShape, {})),
    webPushKey: null,
    outboundAllowed: allowedRangesSetting.parse("127.0.0.0/8"),
    summaries: { follow: () => failedIterator(new Error("nobody follows here")), close() {} },
  });
  const context: Users["context"] = (identity = anonymous, now, client = UNKNOWN_CLIENT) =>
    createContext(requestContext(identity, "0", log, () => now ?? new Date(), { client }));
  return {
    url,
    database,
    context,
    replica: () => openReplica(url, settings),
    statements: () => sent.splice(0),
    async sql<Row>(text: string, values: unknown[] = []) {
      return (await pool.query(text, values)).rows as Row[];
    },
    async join(displayName = "Somebody", now) {
      const email = `${randomBytes(8).toString("hex")}@meetinity.test`;
      const services: Context = { ...context(anonymous, now), emailVerification: "off" };
      const outcome = await signUp(services, { email, password: PASSWORD, displayName });
      if (outcome.kind !== "signedIn") throw new Error(`not signed up: ${outcome.kind}`);
      return { ...outcome, email };
    },
    async close() {
      await closeLive();
      await close();
    },
  };
}

/** The identity of a signed-in person. */
export function as({ access }: SignedIn): Identity {
  const claims = JSON.parse(Buffer.from(access.token.split(".")[1] ?? "", "base64url").toString());
  return {
    kind: "viewer",
    viewer: {
      id: claims.sub,
      sessionId: claims.sid,
      roles: claims.roles,
      scopes: claims.scope.split(" "),
      expiresAt: claims.exp * 1000,
    },
  };
}

export interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors?: readonly { readonly path: unknown[]; readonly extensions: { code: string } }[];
}

export interface Served {
  ask(identity: Identity, query: string, variables?: object): Promise<Answer>;
  /** The facts from the router about the client of each request. */
  readonly clients: RequestClient[];
  /** Of the next requests; null sends none. */
  client: RequestClient | null;
  stop(): Promise<void>;
}

/** Serves the schema of a harness over HTTP, as for the router. */
export async function serve(users: Users): Promise<Served> {
  const { keys } = stack();
  const clients: RequestClient[] = [];
  const { url, stop } = await startSubgraph({
    name: "users",
    config: {
      HOST: "127.0.0.1",
      ADMIN_HOST: "127.0.0.1",
      PORT: 0,
      LOG_LEVEL: "silent",
      NODE_ENV: "test",
      REDIS_URL: "redis://127.0.0.1:1",
      REDIS_PREFIX: "none",
      IDENTITY_KEY_SET: JSON.parse(keys.IDENTITY_KEY_SET),
    },
    log: createLog({ name: "users", level: "silent" }),
    features: [
      addresses,
      blocks,
      devices,
      magicLinks,
      passwords,
      names,
      profiles,
      reauthentication,
      roles,
      secondFactor,
      sessions,
      signUpResolvers,
      suspensions,
    ],
    policies,
    createContext(request) {
      clients.push(request.client);
      return users.context(request.identity, undefined, request.client);
    },
    checks: {},
    afterStop: async () => {},
  });
  const mint = createIdentityMint(await importSigningKey(JSON.parse(keys.IDENTITY_SIGNING_KEY)));
  const served: Served = {
    stop,
    clients,
    client: null,
    async ask(identity, query, variables = {}) {
      const { client } = served;
      const response = await fetch(new URL("/graphql", url), {
        method: "POST",
        headers: {
          "content-type": "application/json",
          [IDENTITY_HEADER]: await mint(identity),
          ...(client && { [CLIENT_HEADER]: clientHeader(client) }),
        },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
  };
  return served;
}
