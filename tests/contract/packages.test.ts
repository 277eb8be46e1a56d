// Guarantees about the packages of `npm ci`: they run on the oldest Node that package.json allows,
// and their size stays below a limit.
import { readFileSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { minVersion, satisfies } from "semver";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { gates } from "./gates.ts";
import { projectFile } from "./project.ts";

const lockShape = z.object({
  packages: z.record(
    z.string(),
    z.object({ engines: z.union([z.record(z.string(), z.string()), z.unknown()]).optional() }),
  ),
});

const lock = lockShape.parse(JSON.parse(readFileSync(projectFile("package-lock.json"), "utf8")));

/** The Node versions that a package in the lock file requires. Default: any. */
function nodeOf(path: string): string {
  const engines = lock.packages[path]?.engines as { readonly node?: string } | undefined;
  return engines?.node ?? "*";
}

describe("the installed packages", () => {
  it("run on the oldest Node of package.json, so that npm shows no warnings", () => {
    const oldest = minVersion(nodeOf(""))?.version ?? "";
    expect(oldest).toMatch(/^\d+\.\d+\.\d+$/);
    const refusing = Object.keys(lock.packages).filter((path) => !satisfies(oldest, nodeOf(path)));
    expect(refusing).toEqual([]);
  });

  it("are not larger than the limit in gates.json", async () => {
    const megabytes = (await bytesIn(projectFile("node_modules"))) / 1e6;
    expect(megabytes).toBeLessThan(gates.installedMegabytesMax);
  });
});

/** The bytes of installed files. Names that begin with a dot are caches and do not count. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true });
  const sizes = entries
    .filter(({ name }) => !name.startsWith("."))
    .map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return bytesIn(path);
      return entry.isFile() ? (await stat(path)).size : 0;
    });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
