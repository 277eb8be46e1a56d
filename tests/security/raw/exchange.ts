// Sends bytes to a door and says what is wrong with what came back. It knows what no answer may be,
// not what the right one is.
import { connect } from "node:net";
import { leaksIn } from "../fuzz/verdict.ts";

const ANSWERED_WITHIN_MS = 10_000;

/** What Node, V8 and libraries say of themselves. */
const INTERNALS = new RegExp(
  [
    "Maximum call stack|Invalid URL|Unexpected (?:token|end|non-whitespace)|Cannot read",
    String.raw`is not a function|\b(?:ERR|HPE|FST|WS_ERR)_|apollo(?!-require)|fastify|find-my-way`,
    String.raw`graphql-ws|node:|(?:Type|Range|Syntax)Error\b|Internal Server Error`,
    "(?:Missing or invalid|Invalid) (?:Sec-WebSocket|Upgrade)",
  ].join("|"),
  "i",
);

/** Sends all of it and nothing more, and reads to the end. A connection that is reset has ended. */
export async function send(url: string, bytes: Buffer): Promise<Buffer> {
  const { hostname, port } = new URL(url);
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    socket.setTimeout(ANSWERED_WITHIN_MS, () => socket.destroy(new Error("no answer")));
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", (error: NodeJS.ErrnoException) => (error.code ? undefined : reject(error)));
    socket.on("close", () => resolve());
  });
  return Buffer.concat(chunks);
}

/** Sends it and is gone before anything can be answered. */
export async function sendAndVanish(url: string, bytes: Buffer): Promise<void> {
  const { hostname, port } = new URL(url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(bytes, () => socket.resetAndDestroy()),
    );
    socket.on("error", () => {});
    socket.on("close", () => resolve());
  });
}

export function statusesIn(answer: Buffer): number[] {
  const heads = answer.toString("latin1").matchAll(/HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n/g);
  return [...heads].map(([, status]) => Number(status));
}

/** Everything that is wrong with what came back, which may be nothing at all. */
export function faultsOf(answer: Buffer): string[] {
  const text = answer.toString("latin1");
  const faults = statusesIn(answer)
    .filter((status) => status >= 500)
    .map((status) => `status ${status}`);
  const internal = INTERNALS.exec(text)?.[0];
  if (internal) faults.push(`says ${internal}`);
  return [...faults, ...leaksIn(text).map((leak) => `tells ${leak}`)];
}

/** The errors in the body of the only answer; null when it is none of ours. */
export function errorsIn(answer: Buffer): unknown {
  const [, body = ""] = answer.toString("utf8").split("\r\n\r\n");
  try {
    return (JSON.parse(body) as { readonly errors?: unknown }).errors ?? null;
  } catch {
    return null;
  }
}
