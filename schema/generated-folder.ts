// Replaces a folder of made files, such as `generated`, as a whole: several processes may do so at
// once, and none ever sees half of one. It does not know what is made.
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

const LEFTOVER_AGE_MS = 10 * 60 * 1000;

interface Stamped {
  /** The folder around the one that is made. */
  readonly folder: string;
  /** The name of the folder that is made. Default `generated`. */
  readonly target?: string;
  /** A digest of all inputs. */
  readonly stamp: string;
}

/** Whether the folder was made from the same inputs. */
export async function isFresh({ folder, target = "generated", stamp }: Stamped): Promise<boolean> {
  const found = await readFile(join(folder, target, ".stamp"), "utf8").catch(() => null);
  return found === stamp;
}

/**
 * Replaces it with a new folder `output` that `fill` writes. `fill` may put other files into the
 * folder `temporary`.
 */
export async function replaceGenerated(
  { folder, target = "generated", stamp }: Stamped,
  fill: (output: string, temporary: string) => Promise<void>,
): Promise<void> {
  await removeLeftovers(folder);
  const temporary = join(folder, `.generating-${randomUUID()}`);
  const output = join(temporary, target);
  await mkdir(output, { recursive: true });
  try {
    await fill(output, temporary);
    await writeFile(join(output, ".stamp"), stamp);
    await replace(join(folder, target), output, temporary);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Replaces `target` with `output`. It may replace another process's output: both are equal. */
async function replace(target: string, output: string, temporary: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(target, join(temporary, `old-${attempt}`));
    } catch (error) {
      if (codeOf(error) !== "ENOENT") throw error;
    }
    try {
      return await rename(output, target);
    } catch (error) {
      const isTaken = ["ENOTEMPTY", "EEXIST"].includes(codeOf(error));
      if (!isTaken || attempt === 10) throw error;
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** Removes folders that killed processes left, and none that another process may still use. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    if (!entry.startsWith(".generating-")) continue;
    const path = join(folder, entry);
    const modifiedMs = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - modifiedMs > LEFTOVER_AGE_MS) await rm(path, { recursive: true, force: true });
  }
}
