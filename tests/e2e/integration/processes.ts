// Starts relay-or-consumer.ts as a process, and kills it as a crash would.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Setup } from "./setup.ts";

export type Role = "relay" | "consumer";

const PROGRAM = fileURLToPath(new URL("relay-or-consumer.ts", import.meta.url));

export function startProcess(role: Role, setup: Setup) {
  const child = fork(PROGRAM, [role, JSON.stringify(setup)], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  return {
    ready: once(child, "message"),
    /** SIGKILL: it can neither finish nor clean up. */
    async kill(): Promise<void> {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
