// argon2 on threads of its own, with a low priority where threads have one (Linux): hashing takes
// the processor time that nobody else wants, so that people who sign in do not slow down others.
import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type { Options } from "@node-rs/argon2";

/** How many hashes run at a time. Each takes 19 MiB and a core for tens of milliseconds. */
export const THREADS = 2;

interface Task {
  readonly password: string | Uint8Array;
  /** Null: the hash is wanted, and no comparison. */
  readonly stored: string | null;
  readonly options?: Options;
}

interface Answer {
  readonly result?: string | boolean;
  readonly error?: string;
}

/** Plain JavaScript: threads load no TypeScript. `setPriority` is about the calling thread. */
const CODE = `
const { parentPort, workerData } = require("node:worker_threads");
const { hashSync, verifySync } = require(workerData.argon2);
if (process.platform === "linux") require("node:os").setPriority(0, workerData.niceness);
parentPort.on("message", ({ password, stored, options }) => {
  try {
    const result = stored === null ? hashSync(password, options) : verifySync(stored, password);
    parentPort.postMessage({ result });
  } catch (error) {
    parentPort.postMessage({ error: error.message });
  }
});
`;
const NICENESS = 19;

/** A thread, with the end of what it was asked last. */
interface Thread {
  readonly worker: Worker;
  last: Promise<unknown>;
  waiting: number;
}

let threads: Thread[] | undefined;

function startThread(): Thread {
  const argon2 = createRequire(import.meta.url).resolve("@node-rs/argon2");
  const worker = new Worker(CODE, { eval: true, workerData: { argon2, niceness: NICENESS } });
  worker.unref();
  // One that has ended is replaced, with the others.
  worker.once("exit", () => {
    threads = undefined;
  });
  return { worker, last: Promise.resolve(), waiting: 0 };
}

/** Runs a task on the thread that has the least to do, one after the other. */
async function run(task: Task): Promise<string | boolean> {
  threads ??= Array.from({ length: THREADS }, startThread);
  const thread = threads.reduce((one, other) => (other.waiting < one.waiting ? other : one));
  // A process with a hash under way must not end.
  if (thread.waiting === 0) thread.worker.ref();
  thread.waiting += 1;
  const answered = thread.last.then(() => ask(thread.worker, task));
  thread.last = answered.catch(() => {});
  try {
    const { result, error } = await answered;
    if (result === undefined) throw new Error(`argon2 failed: ${error}`);
    return result;
  } finally {
    thread.waiting -= 1;
    if (thread.waiting === 0) thread.worker.unref();
  }
}

function ask(worker: Worker, task: Task): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (how: () => void) => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      how();
    };
    const onMessage = (answer: Answer) => settle(() => resolve(answer));
    const onError = (error: Error) => settle(() => reject(error));
    const onExit = () => settle(() => reject(new Error("A thread of argon2 has ended.")));
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.postMessage(task);
  });
}

/** The hash in PHC format. */
export async function hash(password: string | Uint8Array, options: Options): Promise<string> {
  return String(await run({ password, stored: null, options }));
}

/** Whether a password has this hash. Rejects for a text that is no hash. */
export async function verify(stored: string, password: string): Promise<boolean> {
  return (await run({ password, stored })) === true;
}
