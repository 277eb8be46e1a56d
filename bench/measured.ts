// Routers and gateways as processes of their own whose CPU time is measured from outside, and the
// keys and tokens that they need. What is sent to them is each measurement's own.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { exportJWK, generateKeyPair, SignJWT } from "jose";

export interface Measured {
  readonly name: string;
  readonly url: string;
  readonly child: ChildProcess;
}

interface Told {
  readonly kind: string;
  readonly url?: string;
  readonly micros?: number;
}

async function told(child: ChildProcess, kind: string): Promise<Told> {
  for (;;) {
    const [message] = (await once(child, "message")) as [Told];
    if (message.kind === kind) return message;
  }
}

/** Nobody waits for a process that could not start. */
async function ended(child: ChildProcess): Promise<never> {
  const [code] = await once(child, "exit");
  throw new Error(`a measured process ended with ${code}`);
}

/** Starts `entry` as production does, behind modules that are loaded first. */
export async function start(
  name: string,
  entry: string,
  env: Readonly<Record<string, string>>,
  preloaded: readonly string[] = [],
): Promise<Measured> {
  const first = ["tsx", "./bench/report-cpu.ts", ...preloaded];
  const child = spawn(process.execPath, [...first.flatMap((each) => ["--import", each]), entry], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, NODE_ENV: "production", RATE_LIMITS: "off", ...env },
  });
  const { url = "" } = await Promise.race([told(child, "listening"), ended(child)]);
  return { name, url, child };
}

/** Microseconds of CPU that a process has used so far, of users and system. */
export async function cpuOf({ child }: Measured): Promise<number> {
  const answer = told(child, "cpu");
  child.send("cpu");
  return (await answer).micros ?? Number.NaN;
}

export const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** A pair of keys, and a token of a person with these scopes, who has none by default. */
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
