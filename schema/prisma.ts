// Reads Prisma schemas, and generates a client from one. It downloads nothing: the engine that
// Prisma would fetch is not needed to generate.
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";

const prismaCommand = createRequire(import.meta.url).resolve("prisma/build/index.js");

/** The schema in a folder: its `.prisma` files as one text. Null if there is none. */
export function prismaSchemaIn(folder: string): string | null {
  if (!existsSync(folder)) return null;
  const files = readdirSync(folder).filter((name) => name.endsWith(".prisma"));
  if (files.length === 0) return null;
  return files
    .sort()
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

/**
 * Writes `schema` to `<folder>/prisma/schema.prisma` and its client to the `output` of the
 * schema's generator, in this project `../generated/prisma`. Throws with Prisma's message when the
 * schema is wrong.
 */
export async function generatePrismaClient(folder: string, schema: string): Promise<void> {
  await mkdir(join(folder, "prisma"), { recursive: true });
  await writeFile(join(folder, "prisma/schema.prisma"), schema);
  const env = {
    ...process.env,
    // Any executable: Prisma downloads an engine if this is not set, and does not run it here.
    PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
    CHECKPOINT_DISABLE: "1",
    NODE_OPTIONS: "",
  };
  const args = [prismaCommand, "generate", "--no-hints", "--schema", "prisma/schema.prisma"];
  try {
    await promisify(execFile)(process.execPath, args, { cwd: folder, env });
  } catch (error) {
    const output =
      error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    throw new Error(`Prisma could not generate a client from:\n${schema}\n${output}`, {
      cause: error,
    });
  }
}
