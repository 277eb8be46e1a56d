// The keys of a stack: two Ed25519 pairs (users signs access tokens, the router identities), one
// key that seals personal data, one that signs tickets, one for the store of files, and a pair for
// pushes to browsers (VAPID). They are created once. As a command it prints a new `.env`: keys, and
// the passwords of docker-compose.yml.
import { randomBytes } from "node:crypto";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import webpush from "web-push";
import { z } from "zod";
import { command } from "#schema/command";
import { subgraphNames, variableOf } from "./project.ts";
import { randomKey, randomPassword, secretOnce } from "./secrets.ts";

const keysShape = z.object({
  ACCESS_TOKEN_SIGNING_KEY: z.string(),
  ACCESS_TOKEN_KEY_SET: z.string(),
  IDENTITY_SIGNING_KEY: z.string(),
  IDENTITY_KEY_SET: z.string(),
  SEALING_KEYS: z.string(),
  TICKET_SIGNING_KEYS: z.string(),
  STORAGE_ACCESS_KEY_ID: z.string(),
  STORAGE_SECRET_ACCESS_KEY: z.string(),
  VAPID_PUBLIC_KEY: z.string(),
  VAPID_PRIVATE_KEY: z.string(),
});

/**
 * Environment variables: `…_SIGNING_KEY` is a private JWK, `…_KEY_SET` a public JWKS,
 * and the others are random.
 */
export type Keys = z.infer<typeof keysShape>;

/** The keys of a data folder. The first call creates them, in a file that only its owner reads. */
export async function loadKeys(dataDir: string): Promise<Keys> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, "keys.json");
  const text = await secretOnce(file, async () => JSON.stringify(await createKeys(), null, 2));
  await chmod(file, 0o600);
  const keys = keysShape.safeParse(await completed(file, parse(text)));
  if (keys.success) return keys.data;
  throw new Error(
    `${file} is damaged. Remove it: the next start creates new keys, and all users must sign in again.`,
  );
}

/** Adds the keys that files of earlier releases lack. */
async function completed(file: string, found: unknown): Promise<unknown> {
  const older = keysShape.partial({
    SEALING_KEYS: true,
    TICKET_SIGNING_KEYS: true,
    STORAGE_ACCESS_KEY_ID: true,
    STORAGE_SECRET_ACCESS_KEY: true,
    VAPID_PUBLIC_KEY: true,
    VAPID_PRIVATE_KEY: true,
  });
  const read = older.strict().safeParse(found);
  if (!read.success || keysShape.safeParse(found).success) return found;
  const keys = { ...createSecrets(), ...read.data };
  await writeFile(file, JSON.stringify(keys, null, 2), { mode: 0o600 });
  return keys;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export async function createKeys(): Promise<Keys> {
  const [accessToken, identity] = await Promise.all([createPair(), createPair()]);
  return {
    ACCESS_TOKEN_SIGNING_KEY: accessToken.signingKey,
    ACCESS_TOKEN_KEY_SET: accessToken.keySet,
    IDENTITY_SIGNING_KEY: identity.signingKey,
    IDENTITY_KEY_SET: identity.keySet,
    ...createSecrets(),
  };
}

/** The keys that files of earlier releases may lack. */
function createSecrets() {
  const vapid = webpush.generateVAPIDKeys();
  return {
    SEALING_KEYS: randomKey(),
    TICKET_SIGNING_KEYS: randomKey(),
    STORAGE_ACCESS_KEY_ID: randomBytes(10).toString("hex").toUpperCase(),
    STORAGE_SECRET_ACCESS_KEY: randomKey(),
    VAPID_PUBLIC_KEY: vapid.publicKey,
    VAPID_PRIVATE_KEY: vapid.privateKey,
  };
}

async function createPair(): Promise<{ signingKey: string; keySet: string }> {
  const { privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const { d, ...exported } = await exportJWK(privateKey);
  // The thumbprint of RFC 7638 is the same for both halves of a pair.
  const kid = await calculateJwkThumbprint(exported);
  const publicKey = { ...exported, kid, alg: "EdDSA", use: "sig" };
  return {
    signingKey: JSON.stringify({ ...publicKey, d }),
    keySet: JSON.stringify({ keys: [publicKey] }),
  };
}

/** For docker-compose.yml: PostgreSQL's superuser, its role for each subgraph, and Redis. */
function createPasswords(): Record<string, string> {
  const roles = subgraphNames().map((name) => variableOf("POSTGRES_PASSWORD", name));
  const names = ["POSTGRES_PASSWORD", ...roles, "REDIS_PASSWORD"];
  return Object.fromEntries(names.map((name) => [name, randomPassword()]));
}

/** In single quotes, a shell, docker compose and `node --env-file` read JSON unchanged. */
export function asDotEnv(secrets: Readonly<Record<string, string>>): string {
  return Object.entries(secrets)
    .map(([name, value]) => `${name}='${value}'`)
    .join("\n");
}

await command(import.meta.url, async () => {
  console.log(asDotEnv({ ...(await createKeys()), ...createPasswords() }));
});
