// Starts one isolated stack for the whole run, on free ports and in its own folder, and removes
// both at the end; a secret in a log fails the run. All projects of the run share it. It has two
// routers and two replicas of events, messaging and users, so that live updates and what works once
// cross processes.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { generate } from "../../schema/generate.ts";
import { findLeaks, leakReport } from "./leaks.ts";
import type { StackFacts } from "./stack.ts";

declare module "vitest" {
  export interface ProvidedContext {
    stack: StackFacts;
  }
}

interface Running {
  readonly facts: StackFacts;
  takeAway(): Promise<void>;
}

/** Each project loads this module for itself, in one process. */
const shared = globalThis as { meetinityTestStack?: { projects: number; running: Running } };

export async function setup(project: TestProject): Promise<void> {
  shared.meetinityTestStack ??= { projects: 0, running: await start() };
  shared.meetinityTestStack.projects += 1;
  project.provide("stack", shared.meetinityTestStack.running.facts);
}

async function start(): Promise<Running> {
  await generate();
  const { startStack } = await import("../../local/stack.ts");
  const dataDir = await mkdtemp(join(tmpdir(), "meetinity-test-"));
  const stack = await startStack({
    dataDir,
    isDurable: false,
    replicas: { events: 2, messaging: 2, users: 2, router: 2 },
    // Tests read the logs from a position on, and at the end all of them are searched.
    logBytesMax: 1_000_000_000,
    env: {
      NODE_ENV: "test",
      LOG_LEVEL: "debug",
      TRUSTED_PROXIES: "loopback",
      // Push services of tests are here.
      OUTBOUND_ALLOWED_RANGES: "127.0.0.0/8",
    },
    onWarning: (message) => process.stderr.write(`${message}\n`),
  });
  const { urls, keys, redisPrefix, storage } = stack;
  return {
    facts: { urls, keys, redisPrefix, storage, dataDir },
    takeAway: async () => {
      await stack.stop();
      const leaks = await findLeaks(join(dataDir, "logs"));
      await rm(dataDir, { recursive: true, force: true });
      if (leaks.length === 0) return;
      // An error at this point is printed, and does not fail the run by itself.
      process.exitCode = 1;
      throw new Error(leakReport(leaks));
    },
  };
}

export async function teardown(): Promise<void> {
  const stack = shared.meetinityTestStack;
  if (!stack) return;
  stack.projects -= 1;
  if (stack.projects > 0) return;
  delete shared.meetinityTestStack;
  await stack.running.takeAway();
}
