// The real system: messaging and users with PostgreSQL and Redis, and the measured router on its
// own core. Watchers are rows and tokens, without accounts.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { importJWK, SignJWT } from "jose";
import pg from "pg";
import { Pool } from "undici";
import { newId } from "../../kit/data/id.ts";
import { createIdentityMint, type Identity } from "../../kit/trust/identity.ts";
import { importSigningKey } from "../../kit/trust/keys.ts";
import { routerEnvironment } from "../../local/environment.ts";
import { type Stack, startStack } from "../../local/stack.ts";
import { operation } from "../../schema/operations.ts";
import { launch, listening, type Measured, pinThisProcess, stop } from "../measured.ts";

/** The core of the load and everything else. The measured server has the next one. */
const LOAD_CORE = 0;
const MEASURED_CORE = LOAD_CORE + 1;
export const SENDER_NAME = "Ada Lovelace";

const compiled = (module: string) => `dist/${module}.js`;
const preload = (module: string) => ["--import", pathToFileURL(compiled(module)).href];

export interface Site {
  readonly stack: Stack;
  readonly router: Measured;
  /** The person who sends. */
  readonly sender: { readonly id: string; readonly token: string };
  stop(): Promise<void>;
}

/** Starts everything. This process and its children share the core of the load. */
export async function startSite(options: { readonly isProfiled: boolean }): Promise<Site> {
  pinThisProcess(LOAD_CORE);
  const dataDir = await mkdtemp(join(tmpdir(), "meetinity-bench-"));
  await chmod(dataDir, 0o711);
  const env = {
    NODE_ENV: "production",
    RATE_LIMITS: "off",
    LOG_LEVEL: "warn",
    EMAIL_VERIFICATION: "off",
  };
  const stack = await startStack({ dataDir, isCompiled: true, replicas: { router: 0 }, env });
  const router = await startRouter(stack, env, options.isProfiled);
  const stopStack = async () => {
    await stack.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  // An interrupted run leaves no server behind: the router ends with this process.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void stopStack().finally(() => process.exit(1)));
  }
  return {
    stack,
    router,
    sender: await signUp(router),
    async stop() {
      await stop(router);
      await stopStack();
    },
  };
}

async function startRouter(stack: Stack, env: Record<string, string>, isProfiled: boolean) {
  const { urls, keys, redisPrefix } = stack;
  const firsts = Object.entries(urls.subgraphs).map(([name, [url = ""]]) => [name, url]);
  const shared = { inherited: {}, keys, redisUrl: urls.redis, redisPrefix, env, envOf: {} };
  const place = { host: "127.0.0.1", port: 0, adminPort: 0, subgraphs: Object.fromEntries(firsts) };
  return startMeasured("ours", "router/main", {
    env: { ...routerEnvironment(shared, place) } as Record<string, string>,
    preloaded: isProfiled ? ["bench/http/profile"] : [],
  });
}

/** Starts a compiled module as the measured server. */
export function startMeasured(
  name: string,
  module: string,
  { env, preloaded = [] }: { env: Record<string, string>; preloaded?: readonly string[] },
): Promise<Measured> {
  const first = ["bench/report-cpu", ...preloaded].flatMap(preload);
  const args = ["--conditions=compiled", "--expose-gc", ...first, compiled(module)];
  return listening(name, launch({ args, env, core: MEASURED_CORE }));
}

interface Answer {
  readonly data?: Readonly<Record<string, { readonly __typename: string } | undefined>>;
}

async function answered<Success>(response: { text(): Promise<string> }): Promise<Success> {
  const text = await response.text();
  const [success] = Object.values((JSON.parse(text) as Answer).data ?? {});
  if (!success?.__typename.endsWith("Success")) throw new Error(text);
  return success as Success;
}

async function signUp(router: Measured): Promise<Site["sender"]> {
  const input = { email: "ada@bench.test", password: newId(), displayName: SENDER_NAME };
  const response = await fetch(new URL("/graphql", router.url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: operation("SignUp"), variables: { input } }),
  });
  const { viewer, accessToken } = await answered<{
    readonly viewer: { readonly id: string };
    readonly accessToken: string;
  }>(response);
  return { id: viewer.id, token: accessToken };
}

/** A conversation of the sender and `count` others. Returns their ids too. */
export async function makeConversation({ stack, sender, router }: Site, count: number) {
  const response = await fetch(new URL("/graphql", router.url), {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${sender.token}` },
    body: JSON.stringify({
      query: operation("CreateGroupConversation"),
      variables: { input: { title: "Bench", memberIds: [sender.id] } },
    }),
  });
  const { conversation } = await answered<{ readonly conversation: { readonly id: string } }>(
    response,
  );
  const memberIds = Array.from({ length: count }, newId);
  const client = new pg.Client({ connectionString: stack.urls.databases.messaging });
  await client.connect();
  await client.query(
    `/* bench.live.members */
    insert into member (conversation_id, user_id, role, joined_seq, joined_at, read_seq)
    select $1, unnest($2::uuid[]), 'MEMBER', 0, now(), 0`,
    [conversation.id, memberIds],
  );
  await client.end();
  return { id: conversation.id, memberIds };
}

/** Access tokens as from users, for people without accounts. */
export async function tokensFor({ stack }: Site, userIds: readonly string[]): Promise<string[]> {
  const jwk = JSON.parse(stack.keys.ACCESS_TOKEN_SIGNING_KEY);
  const key = await importJWK(jwk, "EdDSA");
  return Promise.all(
    userIds.map((id) =>
      new SignJWT({ sid: newId(), roles: ["USER"], scope: "" })
        .setProtectedHeader({ alg: "EdDSA", kid: jwk.kid })
        .setIssuer("meetinity")
        .setAudience("meetinity")
        .setSubject(id)
        .setIssuedAt()
        .setExpirationTime("1h")
        .sign(key),
    ),
  );
}

/** A function that sends messages to messaging directly, so that the router has no cost of them. */
export async function senderOf({ stack, sender }: Site) {
  const [messaging = ""] = stack.urls.subgraphs.messaging ?? [];
  const pool = new Pool(messaging, { connections: 64 });
  const key = await importSigningKey(JSON.parse(stack.keys.IDENTITY_SIGNING_KEY));
  const mint = createIdentityMint(key);
  const identity: Identity = {
    kind: "viewer",
    viewer: {
      id: sender.id,
      sessionId: newId(),
      roles: [],
      scopes: ["messages:write", "verified"],
      expiresAt: Date.now() + 3_600_000,
    },
  };
  return async (conversationId: string, body: string): Promise<void> => {
    const input = { conversationId, clientMessageId: newId(), body };
    const response = await pool.request({
      method: "POST",
      path: "/graphql",
      headers: { "content-type": "application/json", "router-identity": await mint(identity) },
      body: JSON.stringify({ query: SEND, variables: { input } }),
    });
    await answered(response.body);
  };
}

const SEND = `mutation Send($input: SendMessageInput!) {
  sendMessage(input: $input) { __typename ... on Problem { reason } }
}`;
