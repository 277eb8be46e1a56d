// Generates a Prisma client from a schema, with no download: the engine that Prisma would fetch is
// not needed to generate.
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";

const prismaCommand = createRequire(import.meta.url).resolve("prisma/build/index.js");

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
