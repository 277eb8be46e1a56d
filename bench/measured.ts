// Starts routers and gateways as separate processes, measures their CPU time and memory, and makes
// their keys and tokens. Each measurement has its own load.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

export interface Measured {
  readonly name: string;
  readonly url: string;
  /** Only routers have one. */
  readonly adminUrl?: string | undefined;
  readonly child: ChildProcess;
}

/** The answer of a process. `kind` is the name of the request. */
interface Reply {
  readonly kind: string;
  readonly url?: string;
  readonly adminUrl?: string;
  readonly micros?: number;
  readonly bytes?: number;
  readonly calls?: number;
}

async function replyOf(child: ChildProcess, kind: string): Promise<Reply> {
  for (;;) {
    const [message] = (await once(child, "message")) as [Reply];
    if (message.kind === kind) return message;
  }
}

/** Rejects when the process ends or could not start, so that nothing waits for it. */
async function ended(child: ChildProcess): Promise<never> {
  const [code] = await once(child, "exit");
  throw new Error(`a measured process ended with ${code}`);
}

export interface Command {
  /** The arguments of Node.js. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The core that it may use, on systems that support this. */
  readonly core?: number;
}

/** Whether processes can be pinned to one of the first two cores, as on Linux. */
export const canPin = [0, 1].every(
  (core) => spawnSync("taskset", ["-c", String(core), "true"]).status === 0,
);

/** Pins this process with all its threads to one core. */
export function pinThisProcess(core: number): void {
  if (canPin) spawnSync("taskset", ["-acp", String(core), String(process.pid)]);
}

/** Runs Node.js as production does. */
export function launch({ args, env, core }: Command): ChildProcess {
  const command = [process.execPath, ...args];
  const pinned = core !== undefined && canPin ? ["taskset", "-c", String(core)] : [];
  const [file = process.execPath, ...rest] = [...pinned, ...command];
  return spawn(file, rest, {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "production", RATE_LIMITS: "off", ...env },
  });
}

/** Waits until the process reports its URL. */
export async function listening(name: string, child: ChildProcess): Promise<Measured> {
  const { url = "", adminUrl } = await Promise.race([replyOf(child, "listening"), ended(child)]);
  return { name, url, adminUrl, child };
}

/** Starts `entry` as production does, with modules that are preloaded. */
export async function start(
  name: string,
  entry: string,
  env: Readonly<Record<string, string>>,
  preloaded: readonly string[] = [],
): Promise<Measured> {
  const first = ["tsx", "./bench/report-cpu.ts", ...preloaded];
  const args = [...first.flatMap((each) => ["--import", each]), entry];
  return listening(name, launch({ args, env }));
}

/** Ends a process, and waits for its exit. */
export async function stop({ child }: Pick<Measured, "child">): Promise<void> {
  if (!child.connected) return;
  const gone = once(child, "exit");
  child.disconnect();
  await gone;
}

/** Sends a process a request by name, and returns its answer. */
export async function ask({ child }: Pick<Measured, "child">, kind: string): Promise<Reply> {
  const answer = replyOf(child, kind);
  child.send(kind);
  return answer;
}

/** Microseconds of CPU that a process has used so far, user and system time. */
export async function cpuOf(measured: Pick<Measured, "child">): Promise<number> {
  return (await ask(measured, "cpu")).micros ?? Number.NaN;
}

/** Bytes of memory that a process holds. */
export async function memoryOf(measured: Pick<Measured, "child">): Promise<number> {
  return (await ask(measured, "memory")).bytes ?? Number.NaN;
}

/** Bytes that a process holds after a collection, with buffers outside the heap. */
export async function heldBy(measured: Pick<Measured, "child">): Promise<number> {
  return (await ask(measured, "held")).bytes ?? Number.NaN;
}

/** The value below which this part of all values is. `part` is from 0 to 1. */
export const quantile = (values: readonly number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN;

export const median = (values: readonly number[]) => quantile(values, 0.5);

/** A pair of keys, and a token of a person with these scopes. */
export async function createKeys(scope = "") {
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { extractable: true });
  const kid = "bench";
  const token = await new SignJWT({ sid: "s", roles: [], scope })
    .setProtectedHeader({ alg: "EdDSA", kid })
    .setIssuer("meetinity")
    .setAudience("meetinity")
    .setSubject("somebody")
    .setExpirationTime("1h")
    .sign(privateKey);
  const signingKey = JSON.stringify({ ...(await exportJWK(privateKey)), kid });
  return { token, signingKey, keySet: { keys: [{ ...(await exportJWK(publicKey)), kid }] } };
}
