// Reads the file of trusted documents, in Apollo's format for persisted queries, once at start.
import { readFile } from "node:fs/promises";
import { type DocumentNode, parse } from "graphql";
import { z } from "zod";
import { ConfigError } from "#kit/service/config";

/** Documents by id. */
export type Manifest = ReadonlyMap<string, TrustedDocument>;

export interface TrustedDocument {
  /** The name of its operation. */
  readonly name: string;
  readonly text: string;
  readonly document: DocumentNode;
}

const MISTAKES_MAX = 5;

const shape = z.object({
  format: z.literal("apollo-persisted-query-manifest"),
  version: z.literal(1),
  operations: z.array(
    z.object({
      id: z.string().min(1),
      name: z.string().min(1),
      type: z.enum(["query", "mutation", "subscription"]),
      body: z.string().min(1),
    }),
  ),
});

/** Throws a `ConfigError` that says what is wrong with the file. */
export async function readManifest(path: string): Promise<Manifest> {
  const { operations } = checked(parsed(await textOf(path)));
  const manifest = new Map<string, TrustedDocument>();
  for (const { id, name, body } of operations) {
    if (manifest.has(id)) throw mistaken(`two operations have the id ${id}`);
    manifest.set(id, { name, text: body, document: documentOf(name, body) });
  }
  return manifest;
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError(
      `TRUSTED_DOCUMENTS_FILE cannot be read: ${why}\nMake it: npm run compose`,
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw mistaken("it is not JSON");
  }
}

function checked(value: unknown): z.infer<typeof shape> {
  const { success, data, error } = shape.safeParse(value);
  if (success) return data;
  const mistakes = error.issues
    .slice(0, MISTAKES_MAX)
    .map(({ path, message }) => `${path.join(".") || "it"}: ${message}`);
  throw mistaken(mistakes.join("; "));
}

function documentOf(name: string, body: string): DocumentNode {
  try {
    return parse(body, { noLocation: true });
  } catch (error) {
    throw mistaken(`the operation ${name} is not GraphQL: ${(error as Error).message}`);
  }
}

function mistaken(why: string): ConfigError {
  return new ConfigError(
    `TRUSTED_DOCUMENTS_FILE is not a manifest of persisted queries: ${why}\n` +
      "docs/guides/trusted-documents.md says how one is made.",
  );
}
