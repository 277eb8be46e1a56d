// The real router on real sockets, in front of the two small subgraphs of library.ts, all in the
// test's process. Start one for a file, or one for a test that breaks it.
import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { composeServices } from "@apollo/composition";
import { parse } from "graphql";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { pino } from "pino";
import type { Service } from "../../../kit/service/lifecycle.ts";
import { createIdentityVerifier } from "../../../kit/trust/identity.ts";
import { keyFinder } from "../../../kit/trust/keys.ts";
import { readRouterConfig } from "../../../router/config.ts";
import { startRouter } from "../../../router/server.ts";
import { connect, openSocket, type Socket, type SocketOptions } from "../../kit/socket.ts";
import { stack } from "../../kit/stack.ts";
import { authors, books } from "./library.ts";
import { createManualSources, type ManualSource } from "./manual-source.ts";
import { sdlOf, startTinySubgraph, type TinySubgraph } from "./subgraph.ts";
import { startTokenSource, type TokenSource } from "./token-source.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly AnswerError[];
  readonly extensions?: unknown;
}

export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

export interface TokenOptions {
  readonly lifeMs?: number;
  readonly issuer?: string;
  readonly audience?: string;
  readonly kid?: string;
  readonly claims?: Readonly<Record<string, unknown>>;
}

export interface Library {
  readonly url: string;
  readonly router: Service;
  readonly authors: TinySubgraph;
  readonly books: TinySubgraph;
  readonly feed: TokenSource;
  /** The file of the supergraph, which the router follows. */
  readonly supergraphFile: string;
  shelf(name: string): ManualSource;
  /** Asks this router, or the one at `options.url`. */
  ask(query: string, options?: AskOptions): Promise<Answer>;
  /** A socket, with or without connection_init. */
  connect(options?: SocketOptions): Promise<Socket>;
  openSocket(options?: SocketOptions): Promise<Socket>;
  token(userId: string, options?: TokenOptions): Promise<string>;
  /** Starts another router in front of the same subgraphs, which follows the same feed. */
  anotherRouter(): Promise<{ readonly url: string; stop(): Promise<void> }>;
  /** Starts authors again, on the port it had. */
  restartAuthors(): Promise<TinySubgraph>;
  stop(): Promise<void>;
}

export interface AskOptions {
  readonly url?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  readonly extensions?: object;
  readonly as?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function keyPair(kid: string) {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { extractable: true });
  const toJwk = async (key: typeof privateKey) => ({ ...(await exportJWK(key)), kid });
  return {
    privateKey,
    privateJwk: await toJwk(privateKey),
    keySet: { keys: [await toJwk(publicKey)] },
  };
}

async function composed(parts: readonly { name: string; sdl: string; url: string }[]) {
  const { supergraphSdl, errors } = composeServices(
    parts.map(({ name, sdl, url }) => ({ name, url, typeDefs: parse(sdlOf(sdl)) })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(String).join("\n"));
  const folder = await mkdtemp(join(tmpdir(), "meetinity-router-"));
  const file = join(folder, "supergraph.graphql");
  await writeFile(file, supergraphSdl);
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}

export interface LibraryOptions {
  /** Additions to the router's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The subgraphs do not support windows. */
  readonly isPlain?: boolean;
  /** The facts about tokens are unavailable until `feed` starts to answer. */
  readonly isUnheard?: boolean;
}

/** Starts everything. */
export async function startLibrary({
  env = {},
  isPlain = false,
  isUnheard = false,
}: LibraryOptions = {}): Promise<Library> {
  const [identity, access] = await Promise.all([keyPair("identity-1"), keyPair("access-1")]);
  const keySet = identity.keySet as Parameters<typeof keyFinder>[0];
  const verify = createIdentityVerifier(keyFinder(keySet));
  const shelf = createManualSources();
  const routes = { "/.well-known/jwks.json": access.keySet };
  const authorsOptions = { ...authors, verify, routes };
  const booksSubgraph = await startTinySubgraph({ ...books(shelf), verify, isPlain });
  let authorsSubgraph = await startTinySubgraph(authorsOptions);
  const supergraph = await composed([
    { ...authors, url: `${authorsSubgraph.url}/graphql` },
    { ...books(shelf), url: "http://127.0.0.1:1/graphql" },
  ]);
  const redis = env.REDIS_URL ?? stack().urls.redis;
  const prefix = `library-${randomUUID()}`;
  const feed = startTokenSource(redis, prefix);
  if (isUnheard) await feed.fallSilent();
  const config = readRouterConfig({
    NODE_ENV: "test",
    PORT: "0",
    SUPERGRAPH_FILE: supergraph.file,
    SUBGRAPH_URL_BOOKS: `${booksSubgraph.url}/graphql`,
    TOKEN_FEED_SOURCE: feed.name,
    REDIS_URL: redis,
    REDIS_PREFIX: prefix,
    IDENTITY_SIGNING_KEY: JSON.stringify(identity.privateJwk),
    ACCESS_TOKEN_JWKS_URL: `${authorsSubgraph.url}/.well-known/jwks.json`,
    ...env,
  });
  const stopSubgraphs = async () => {
    await Promise.all([authorsSubgraph.stop(), booksSubgraph.stop(), feed.stop()]);
    await supergraph.remove();
  };
  const log = pino({ level: process.env.ROUTER_LOG ?? "silent" });
  const router = await startRouter(config, log).catch(async (error: unknown) => {
    await stopSubgraphs();
    throw error;
  });
  const url = `${router.url}/graphql`;
  return {
    url,
    router,
    supergraphFile: supergraph.file,
    get authors() {
      return authorsSubgraph;
    },
    books: booksSubgraph,
    feed,
    shelf,
    ask: (query, { url: at = url, ...options } = {}) => ask(at, query, options),
    connect: (options) => connect({ url, ...options }),
    openSocket: (options) => openSocket({ url, ...options }),
    token: (userId, options = {}) => signToken(access.privateKey, userId, options),
    async anotherRouter() {
      const other = await startRouter(config, log);
      return { url: `${other.url}/graphql`, stop: () => other.stop() };
    },
    async restartAuthors() {
      const port = Number(new URL(authorsSubgraph.url).port);
      authorsSubgraph = await startTinySubgraph({ ...authorsOptions, port });
      return authorsSubgraph;
    },
    async stop() {
      await router.stop();
      await stopSubgraphs();
    },
  };
}

async function ask(url: string, query: string, options: Omit<AskOptions, "url">): Promise<Answer> {
  const { as, headers, ...body } = options;
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(as && { authorization: `Bearer ${as}` }),
      ...headers,
    },
    body: JSON.stringify({ ...(query && { query }), ...body }),
  });
  const answer = (await response.json()) as Omit<Answer, "status" | "headers">;
  return { status: response.status, headers: response.headers, ...answer };
}

function signToken(
  key: Awaited<ReturnType<typeof keyPair>>["privateKey"],
  userId: string,
  options: TokenOptions,
): Promise<string> {
  const endsAt = Date.now() + (options.lifeMs ?? 60_000);
  return new SignJWT({ sid: "s1", roles: ["USER"], scope: "read", ...options.claims })
    .setProtectedHeader({ alg: "EdDSA", kid: options.kid ?? "access-1" })
    .setIssuer(options.issuer ?? "meetinity")
    .setAudience(options.audience ?? "meetinity")
    .setSubject(userId)
    .setIssuedAt()
    .setExpirationTime(endsAt / 1000)
    .sign(key);
}
