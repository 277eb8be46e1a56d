// Reads the folder in which the running stack's store keeps files: a test sees there that bytes
// are gone, whatever the store says.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect } from "vitest";
import { withDatabase } from "./database.ts";
import { stack } from "./stack.ts";

const folder = () => join(stack().dataDir, "files");

/** Those of the keys that are in the store, which names files by a hash of their key. */
export async function keysOnDisk(keys: readonly string[]): Promise<string[]> {
  const objects = await readdir(join(folder(), "objects"), { recursive: true });
  const stored = new Set(objects.map((path) => basename(path)));
  return keys.filter((key) => stored.has(createHash("sha256").update(key).digest("hex")));
}

/** Those of all files in the store, finished or not, that hold the text. */
export async function filesHolding(text: string): Promise<string[]> {
  const found: string[] = [];
  for (const each of await readdir(folder(), { recursive: true, withFileTypes: true })) {
    const path = join(each.parentPath, each.name);
    const contents = each.isFile() ? await readFile(path).catch(() => null) : null;
    if (contents?.includes(text)) found.push(path);
  }
  return found;
}

/** Lets files of a subgraph be two days older, and has a worker sweep. */
export async function letFilesBeSwept(subgraph: string, ids: readonly string[]): Promise<void> {
  await withDatabase(subgraph, async (client) => {
    await client.query(
      `update file set created_at = created_at - interval '2 days',
         expires_at = expires_at - interval '2 days' where id = any($1)`,
      [ids],
    );
    // Not while it runs, or is kept by a worker that was killed.
    const due = async () =>
      client.query(
        `with due as (
           update job set run_at = now(), due_at = now()
           where kind = 'files.sweep' and lease is null returning 1
         ) select pg_notify('jobs', '') from due`,
      );
    await expect.poll(async () => (await due()).rowCount, { timeout: 60_000 }).toBe(1);
  });
}
