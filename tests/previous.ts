// Runs the previous release, which gates.json names, on databases with the migrations of this one,
// because both releases run during a deployment. The old code comes from git with its own tests.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrationsFolder, projectRoot, subgraphNames } from "../local/project.ts";
import { gates } from "./contract/gates.ts";

const commit = gates.previousRelease;
/** Parts of the paths of its test files that run: the usual steps of users in each domain. */
const JOURNEYS = ["/journey.test", "/registrations.test"];

function git(...args: string[]): Buffer {
  return execFileSync("git", args, { cwd: projectRoot, maxBuffer: 2 ** 30 });
}

function hasHistory(): boolean {
  return (
    spawnSync("git", ["cat-file", "-e", `${commit}^{tree}`], { cwd: projectRoot }).status === 0
  );
}

/** Checks out the previous release, with the packages and migrations of this one. */
function checkOut(folder: string): void {
  execFileSync("tar", ["-x", "-C", folder], { input: git("archive", commit) });
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  for (const name of subgraphNames()) {
    const old = join(folder, "subgraphs", name, "prisma/migrations");
    rmSync(old, { recursive: true });
    cpSync(migrationsFolder(name), old, { recursive: true });
  }
}

/** The files that must be equal to those of the previous release. */
const RELEASED = {
  "schema/released.graphql": "schema/api.graphql",
  "schema/released-queries.json": "schema/persisted-queries.json",
};

/** What is not as the previous release has it, in words. */
function staleReleases(): string[] {
  return Object.entries(RELEASED)
    .filter(([copy, original]) => {
      const released = readFileSync(join(projectRoot, copy), "utf8");
      return git("show", `${commit}:${original}`).toString() !== released;
    })
    .map(([copy, original]) => `${copy} is not ${original} of ${commit}. Copy that file.`);
}

function run(folder: string, ...args: string[]): number {
  console.log(`\n> ${args.join(" ")}`);
  const { status } = spawnSync(process.execPath, args, { cwd: folder, stdio: "inherit" });
  return status ?? 1;
}

function main(): number {
  if (!hasHistory()) {
    console.error(`This clone has no commit ${commit}. Run git fetch --unshallow, then try again.`);
    return 1;
  }
  const stale = staleReleases();
  if (stale.length > 0) {
    console.error(stale.join("\n"));
    return 1;
  }
  const folder = mkdtempSync(join(tmpdir(), "meetinity-previous-"));
  try {
    checkOut(folder);
    const vitest = join("node_modules", "vitest", "vitest.mjs");
    return (
      run(folder, "--import", "tsx", "schema/generate.ts") ||
      run(folder, vitest, "run", "--project", "e2e", ...JOURNEYS)
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = main();
