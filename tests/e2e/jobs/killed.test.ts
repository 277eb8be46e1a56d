// A worker process that is killed in the middle of a job: another process takes the job when the
// lease has run out, and its effect happens once.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { jobOf } from "../../../kit/jobs/kinds.ts";
import { childKind } from "./effects.ts";
import { openQueue, type Queue } from "./harness.ts";

const PROGRAM = fileURLToPath(new URL("worker-child.ts", import.meta.url));

let queue: Queue;
const children: ChildProcess[] = [];
beforeAll(async () => {
  queue = await openQueue();
});
afterAll(async () => {
  await Promise.all(children.map(kill));
  await queue.close();
});

function start(...flags: string[]): ChildProcess {
  const child = fork(PROGRAM, [queue.url, ...flags], {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  children.push(child);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

it("a job of a killed process is done by another one, once", async () => {
  await queue.add(jobOf(childKind, {}, { key: "a" }));
  const first = start("stuck");
  expect(await once(first, "message")).toEqual(["a", undefined]);
  await kill(first);
  start();
  await queue.untilFinished();
  expect(await queue.effects()).toEqual({ a: 1 });
  const { attempts } = await queue.database.job.findFirstOrThrow({ where: { key: "a" } });
  expect(attempts).toBe(2);
});
