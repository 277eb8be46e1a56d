// Makes subgraphs/<name>/generated/ (resolver types and the Prisma client) and
// clients/sdk/generated/ (typed documents). It works only where inputs changed.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { featureNames, loadSubgraphSources, type SdlSource, subgraphNames } from "#kit/service/sdl";
import { command } from "./command.ts";
import { isFresh, replaceGenerated } from "./generated-folder.ts";
import { manifestOf } from "./manifest.ts";
import { operation, operationNames } from "./operations.ts";
import { generatePrismaClient, prismaSchemaIn } from "./prisma.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
/** The files of this folder and the packages on which all generated code depends. */
const GENERATOR = [
  "generate.ts",
  "resolver-types.ts",
  "feature-types.ts",
  "model.ts",
  "prisma.ts",
  "client-documents.ts",
  "client-graph.ts",
];
const TOOLS = [
  "graphql",
  "prisma",
  "@prisma/client",
  "@graphql-codegen/core",
  "@graphql-codegen/typescript",
  "@graphql-codegen/typescript-operations",
  "@graphql-codegen/typescript-resolvers",
];

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

/** Brings generated code up to date. Returns the stale subgraphs, and `clients/sdk` if it was. */
export async function generate({ onProgress }: GenerateOptions = {}): Promise<string[]> {
  const environment = await environmentStamp();
  const all = await Promise.all(subgraphNames().map((name) => readInputs(name, environment)));
  const fresh = await Promise.all(all.map(isFresh));
  const stale = all.filter((_, at) => !fresh[at]);
  const names = stale.map(({ name }) => name);
  if (names.length > 0) onProgress?.(`Generating code for ${names.join(", ")}`);
  const [isClientStale] = await Promise.all([
    generateClient(environment),
    ...stale.map(generateSubgraph),
  ]);
  return isClientStale ? [...names, "clients/sdk"] : names;
}

async function generateSubgraph(inputs: Inputs): Promise<void> {
  const { folder, sources, name, rows, prismaSchema, stamp } = inputs;
  await replaceGenerated({ folder, stamp }, async (output, temporary) => {
    // Imported late, so that a run without stale subgraphs does not load them.
    const { resolverTypes } = await import("./resolver-types.ts");
    const [types] = await Promise.all([
      resolverTypes({ name, sources }, rows),
      prismaSchema !== null && generatePrismaClient(temporary, prismaSchema),
    ]);
    await writeFile(join(output, "resolvers.ts"), types);
  });
}

/** The client's typed documents. Returns whether they were stale. */
async function generateClient(environment: string): Promise<boolean> {
  const folder = join(root, "clients/sdk");
  if (!existsSync(folder)) return false;
  const api = await readFile(join(root, "schema/api.graphql"), "utf8");
  const texts = operationNames().map(operation);
  const stamp = stampOf([environment, api, texts]);
  if (await isFresh({ folder, stamp })) return false;
  await replaceGenerated({ folder, stamp }, async (output) => {
    const { clientDocuments } = await import("./client-documents.ts");
    const files = await clientDocuments(api, manifestOf(texts));
    for (const [name, text] of Object.entries(files)) await writeFile(join(output, name), text);
  });
  return true;
}

function stampOf(inputs: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(inputs)).digest("hex");
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
  const prismaSchema = prismaSchemaIn(join(folder, "prisma"));
  const stamp = stampOf([environment, sources, [...rows], prismaSchema]);
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
