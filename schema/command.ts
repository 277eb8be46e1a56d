// Lets a file be imported and also be started as a command.
import { existsSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Runs `run` when node was started with the module whose `import.meta.url` is given. What it throws
 * is told without a stack (GraphQL's errors with their place), and the exit code is 1.
 */
export async function command(moduleUrl: string, run: () => void | Promise<void>): Promise<void> {
  const started = process.argv[1];
  if (!started || !existsSync(started) || realpathSync(started) !== fileURLToPath(moduleUrl))
    return;
  try {
    await run();
  } catch (error) {
    console.error(String(error));
    process.exitCode = 1;
  }
}
