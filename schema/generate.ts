// Makes subgraphs/<name>/generated/ (resolver types and the Prisma client) for subgraphs whose
// inputs changed. It generates into a temporary folder and renames that, so that several processes
// may generate at once.
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { featureNames, loadSubgraphSources, type SdlSource, subgraphNames } from "#kit/service/sdl";
import { command } from "./command.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
/** The files of this folder and the packages on which all generated code depends. */
const GENERATOR = ["generate.ts", "resolver-types.ts", "feature-types.ts", "model.ts", "prisma.ts"];
const TOOLS = [
  "graphql",
  "prisma",
  "@prisma/client",
  "@graphql-codegen/core",
  "@graphql-codegen/typescript",
  "@graphql-codegen/typescript-resolvers",
];
const LEFTOVER_AGE_MS = 10 * 60 * 1000;

/** The inputs of a subgraph's generated code. */
interface Inputs {
  readonly name: string;
  readonly folder: string;
  readonly sources: readonly SdlSource[];
  readonly rows: ReadonlyMap<string, readonly string[]>;
  readonly prismaSchema: string | null;
  readonly stamp: string;
}

export interface GenerateOptions {
  readonly onProgress?: ((message: string) => void) | undefined;
}

/** Brings all generated code up to date and returns the names of the subgraphs that needed it. */
export async function generate({ onProgress }: GenerateOptions = {}): Promise<string[]> {
  const environment = await environmentStamp();
  const all = await Promise.all(subgraphNames().map((name) => readInputs(name, environment)));
  const fresh = await Promise.all(all.map(isFresh));
  const stale = all.filter((_, at) => !fresh[at]);
  const names = stale.map(({ name }) => name);
  if (names.length > 0) onProgress?.(`Generating code for ${names.join(", ")}`);
  await Promise.all(stale.map(generateSubgraph));
  return names;
}

async function generateSubgraph(inputs: Inputs): Promise<void> {
  const { folder, sources, name, rows, prismaSchema, stamp } = inputs;
  await removeLeftovers(folder);
  const temporary = join(folder, `.generating-${randomUUID()}`);
  const output = join(temporary, "generated");
  await mkdir(output, { recursive: true });
  try {
    // Imported late, so that a run without stale subgraphs does not load them.
    const { resolverTypes } = await import("./resolver-types.ts");
    const { generatePrismaClient } = await import("./prisma.ts");
    const [types] = await Promise.all([
      resolverTypes({ name, sources }, rows),
      prismaSchema !== null && generatePrismaClient(temporary, prismaSchema),
    ]);
    await writeFile(join(output, "resolvers.ts"), types);
    await writeFile(join(output, ".stamp"), stamp);
    await replace(join(folder, "generated"), output, temporary);
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

async function readInputs(name: string, environment: string): Promise<Inputs> {
  const folder = join(root, "subgraphs", name);
  const sources = loadSubgraphSources(name);
  const rows = new Map(
    await Promise.all(
      featureNames(name).map(
        async (feature) => [feature, await rowNames(folder, feature)] as const,
      ),
    ),
  );
  const prismaFile = join(folder, "prisma/schema.prisma");
  const prismaSchema = existsSync(prismaFile) ? await readFile(prismaFile, "utf8") : null;
  const inputs = [environment, sources, [...rows], prismaSchema];
  const stamp = createHash("sha256").update(JSON.stringify(inputs)).digest("hex");
  return { name, folder, sources, rows, prismaSchema, stamp };
}

/**
 * Names of exported types that end in `Row`: `EventRow` is the parent of the GraphQL type `Event`.
 */
async function rowNames(folder: string, feature: string): Promise<string[]> {
  const file = join(folder, feature, "store.ts");
  if (!existsSync(file)) return [];
  const text = await readFile(file, "utf8");
  const declared = [...text.matchAll(/^export (?:interface|type) (\w+)/gm)];
  const listed = [...text.matchAll(/^export (?:type )?\{([^}]*)\}/gm)].flatMap(([, list = ""]) => [
    ...list.matchAll(/(\w+)\s*(?:,|$)/g),
  ]);
  const names = [...declared, ...listed].map(([, name = ""]) => name);
  return names.filter((name) => name.endsWith("Row")).sort();
}

async function isFresh({ folder, stamp }: Inputs): Promise<boolean> {
  const found = await readFile(join(folder, "generated/.stamp"), "utf8").catch(() => null);
  return found === stamp;
}

async function environmentStamp(): Promise<string> {
  const generator = await Promise.all(
    GENERATOR.map((file) => readFile(join(root, "schema", file), "utf8")),
  );
  const lock: { packages: Record<string, { version?: string }> } = JSON.parse(
    await readFile(join(root, "package-lock.json"), "utf8"),
  );
  const versions = TOOLS.map((tool) => lock.packages[`node_modules/${tool}`]?.version);
  return JSON.stringify([generator, versions]);
}

async function run(): Promise<void> {
  const startedAt = performance.now();
  const names = await generate({ onProgress: console.log });
  const tookMs = Math.round(performance.now() - startedAt);
  const what = names.length > 0 ? "Generated code" : "Generated code is up to date";
  console.log(`${what} (${tookMs} ms).`);
}

await command(import.meta.url, run);
