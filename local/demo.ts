// Seeds demo data once per set of databases. It writes a marker file after the seed, so the next
// start repeats an interrupted seed.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readText } from "./leftovers.ts";
import type { Stack } from "./stack.ts";

const EMBEDDED = "embedded";

/** Whether the databases of this environment were seeded from this data folder. */
export function hasDemoData(dataDir: string, env: NodeJS.ProcessEnv): boolean {
  return readText(markerFile(dataDir)) === fingerprintOfDatabases(env);
}

export async function seedDemoData(
  stack: Stack,
  graphqlUrl: string,
  onProgress: (message: string) => void,
): Promise<void> {
  const { seed } = await import("./seed/seed.ts");
  const fingerprint = fingerprintOfDatabases(process.env);
  // External databases may have other people's data.
  await seed({ graphqlUrl, stack, onProgress, mustBeEmpty: fingerprint !== EMBEDDED });
  writeFileSync(markerFile(stack.dataDir), fingerprint, { mode: 0o600 });
}

function markerFile(dataDir: string): string {
  return join(dataDir, "demo-data");
}

/** `embedded`, or a digest of the URLs of external databases: other databases are seeded again. */
function fingerprintOfDatabases(env: NodeJS.ProcessEnv): string {
  const external = Object.entries(env)
    .filter(([name, url]) => name.startsWith("DATABASE_URL_") && url)
    .sort();
  if (external.length === 0) return EMBEDDED;
  return createHash("sha256").update(JSON.stringify(external)).digest("hex");
}
