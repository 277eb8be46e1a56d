// Lets a file be imported and also be started as a command.
import { existsSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Runs `run` if Node.js was started with the module of this `import.meta.url`. An error is printed
 * without a stack (GraphQL's errors with their place), and the exit code is then 1.
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
