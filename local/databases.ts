// One database and one login role per subgraph in an embedded cluster. A role owns its database and
// cannot connect to others.
import { createHmac } from "node:crypto";
import pg from "pg";

/**
 * Creates what is missing and returns the URL of each database, by subgraph. Safe to repeat and to
 * interrupt. A role's password is derived from the superuser's, so no other secret is stored.
 */
export async function createDatabases(
  adminUrl: string,
  names: readonly string[],
): Promise<Record<string, string>> {
  const client = new pg.Client(adminUrl);
  await client.connect();
  try {
    await closeSharedDatabases(client);
    const urls: Record<string, string> = {};
    for (const name of names) urls[name] = await ensureDatabase(client, adminUrl, name);
    return urls;
  } finally {
    await client.end();
  }
}

/** By default every role may connect to these two databases. */
async function closeSharedDatabases(client: pg.Client): Promise<void> {
  await client.query(
    "/* local.databases.closeShared */ REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC",
  );
}

async function ensureDatabase(client: pg.Client, adminUrl: string, name: string): Promise<string> {
  const url = roleUrl(adminUrl, name);
  const quoted = client.escapeIdentifier(name);
  const { rows } = await client.query<{ hasRole: boolean; hasDatabase: boolean }>(
    `/* local.databases.look */
     SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS "hasRole",
            EXISTS (SELECT FROM pg_database WHERE datname = $1) AS "hasDatabase"`,
    [name],
  );
  if (!rows[0]?.hasRole) {
    const password = client.escapeLiteral(url.password);
    await client.query(
      `/* local.databases.role */ CREATE ROLE ${quoted} LOGIN PASSWORD ${password}`,
    );
  }
  if (!rows[0]?.hasDatabase) {
    await client.query(`/* local.databases.create */ CREATE DATABASE ${quoted} OWNER ${quoted}`);
  }
  await client.query(
    `/* local.databases.close */ REVOKE CONNECT, TEMPORARY ON DATABASE ${quoted} FROM PUBLIC`,
  );
  return url.href;
}

function roleUrl(adminUrl: string, name: string): URL {
  const url = new URL(adminUrl);
  const key = url.password;
  url.username = name;
  url.password = createHmac("sha256", key).update(name).digest("base64url");
  url.pathname = `/${name}`;
  return url;
}
