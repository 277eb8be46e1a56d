// Replicas of messaging for tests that kill them. They have their own PostgreSQL, and tests send
// requests to them directly, as the router does.
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IDENTITY_HEADER } from "../../../kit/trust/identity.ts";
import { createDatabases } from "../../../local/databases.ts";
import { startSubgraphs } from "../../../local/deployment.ts";
import { migrate } from "../../../local/migrate.ts";
import { startPostgres } from "../../../local/postgres.ts";
import { migrationsFolder } from "../../../local/project.ts";
import type { Service } from "../../../local/services.ts";
import { type Undo, undoAll } from "../../../local/undo.ts";
import { operation } from "../../../schema/operations.ts";
import type { GraphQLAnswer } from "../../kit/client.ts";
import { stack } from "../../kit/stack.ts";
import { identityToken } from "../../kit/tokens.ts";
import type { Result } from "./harness.ts";

export interface Deployment {
  readonly databaseUrl: string;
  readonly replicas: readonly Service[];
  close(): Promise<void>;
}

/** Starts `count` replicas with one empty database. A killed one restarts at its address. */
export async function openReplicas(count: number): Promise<Deployment> {
  const undos: Undo[] = [];
  const dataDir = await mkdtemp(join(tmpdir(), "meetinity-replicas-"));
  undos.push(() => rm(dataDir, { recursive: true, force: true }));
  // Root's PostgreSQL runs as another user, who has to pass through.
  await chmod(dataDir, 0o711);
  await mkdir(join(dataDir, "run"));
  const postgres = await startPostgres({ dataDir: join(dataDir, "postgres"), isDurable: false });
  undos.push(() => postgres.stop());
  const { messaging: databaseUrl = "" } = await createDatabases(postgres.adminUrl, ["messaging"]);
  const directory = migrationsFolder("messaging");
  await migrate({ name: "messaging", databaseUrl, directory });
  const { keys, storage, urls } = stack();
  const env = { NODE_ENV: "test", LOG_LEVEL: "warn" };
  const redis = { redisUrl: urls.redis, redisPrefix: dataDir };
  const shared = { inherited: process.env, keys, storage, ...redis, env, envOf: {} };
  const options = { dataDir, shared, counts: { messaging: count }, isCompiled: false };
  const { messaging: replicas = [] } = await startSubgraphs(
    options,
    { messaging: databaseUrl },
    undos,
  );
  return { databaseUrl, replicas, close: () => undoAll(undos) };
}

/** A mutation by the name of its operation, and its input. */
export type Mutation = readonly [name: string, input: Readonly<Record<string, unknown>>];

export type Answer = GraphQLAnswer<Record<string, Result>>;

/** Runs a mutation at a replica. Rejects if it is dead, or dies before it answers. */
export async function askReplica(
  replica: Service,
  personId: string,
  [name, input]: Mutation,
): Promise<Answer> {
  const viewer = {
    id: personId,
    sessionId: "",
    roles: [],
    scopes: ["messages:write", "verified"],
    expiresAt: Number.MAX_SAFE_INTEGER,
  };
  const response = await fetch(new URL("/graphql", replica.url), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      [IDENTITY_HEADER]: await identityToken({ kind: "viewer", viewer }),
    },
    body: JSON.stringify({ query: operation(name), variables: { input } }),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

/** Tries the replicas in order until one answers. Calls `onLoss` for each failed attempt. */
export async function askUntilAnswered(
  replicas: readonly Service[],
  personId: string,
  wish: Mutation,
  onLoss = () => {},
): Promise<Answer> {
  for (;;) {
    for (const replica of replicas) {
      const answer = await askReplica(replica, personId, wish).catch(() => null);
      if (answer) return answer;
      onLoss();
    }
    await replicas[0]?.listening();
  }
}
