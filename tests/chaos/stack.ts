// Starts a test file's own stack with durable commits (fsync on), and kills its processes under
// load.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Stack, type StackOptions, startStack } from "../../local/stack.ts";
import { useStack } from "../kit/stack.ts";
import type { Load } from "./load.ts";
import { type Random, shuffled } from "./random.ts";

/** Starts the stack for all clients of this test file. `replicas` has counts by subgraph. */
export async function openStack(
  replicas: Readonly<Record<string, number>> = {},
  options: Pick<StackOptions, "isCompiled" | "env"> = {},
): Promise<Stack> {
  const dataDir = await mkdtemp(join(tmpdir(), "meetinity-chaos-"));
  const stack = await startStack({
    dataDir,
    isDurable: true,
    replicas: { ...replicas, router: 2 },
    ...options,
    env: { NODE_ENV: "test", LOG_LEVEL: "info", ...options.env },
  });
  const { urls, keys, storage, redisPrefix } = stack;
  useStack({ urls, keys, storage, redisPrefix, dataDir });
  return stack;
}

/** Stops the stack. With `isKept` its folder with the logs stays, and its path is printed. */
export async function closeStack(stack: Stack | undefined, isKept: boolean): Promise<void> {
  if (!stack) return;
  await stack.stop();
  if (isKept) console.log(`the logs of the services are in ${join(stack.dataDir, "logs")}`);
  else await rm(stack.dataDir, { recursive: true, force: true });
}

/** The most verdicts between two kills. */
const VERDICTS_BETWEEN_MAX = 80;

/**
 * Kills each victim as often as it is listed, in random order, each after a random number of
 * further verdicts. So kills are always under load, and often while another process is down.
 * Resolves when all are back.
 */
export async function killUnderLoad(
  stack: Stack,
  victims: readonly string[],
  load: Load,
  random: Random,
): Promise<void> {
  for (const victim of shuffled(victims, random)) {
    await load.verdicts(1 + Math.floor(random() * VERDICTS_BETWEEN_MAX));
    await stack.running(victim);
    load.note(`killed ${victim}`);
    await stack.kill(victim);
  }
  await Promise.all(victims.map((victim) => stack.running(victim)));
  await load.verdicts(VERDICTS_BETWEEN_MAX);
}
