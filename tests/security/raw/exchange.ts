// Sends bytes to a server and checks the answer by rules for all answers. It does not know the
// right one.
import { connect } from "node:net";
import { leaksIn } from "../fuzz/verdict.ts";

const ANSWERED_WITHIN_MS = 10_000;

/** Texts of Node, V8 and libraries. */
/** The title of the page at `/`, which is there outside production. */
const ADDRESSES = "<title>Meetinity on this machine</title>";
const INTERNALS = new RegExp(
  [
    "Maximum call stack|Invalid URL|Unexpected (?:token|end|non-whitespace)|Cannot read",
    String.raw`is not a function|\b(?:ERR|HPE|FST|WS_ERR)_|apollo(?!-require)|fastify|find-my-way`,
    String.raw`graphql-ws|node:|(?:Type|Range|Syntax)Error\b|Internal Server Error`,
    "(?:Missing or invalid|Invalid) (?:Sec-WebSocket|Upgrade)",
  ].join("|"),
  "i",
);

/** Sends the bytes and reads to the end. A reset counts as an end. */
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

/** Sends the bytes and disconnects before an answer. */
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

/** Everything that is wrong with an answer. No answer at all is valid. */
export function faultsOf(answer: Buffer): string[] {
  const whole = answer.toString("latin1");
  // The page of all addresses names the tools to which it leads.
  const text = whole.includes(ADDRESSES) ? whole.slice(0, whole.indexOf(ADDRESSES)) : whole;
  const faults = statusesIn(answer)
    .filter((status) => status >= 500)
    .map((status) => `status ${status}`);
  const internal = INTERNALS.exec(text)?.[0];
  if (internal) faults.push(`says ${internal}`);
  return [...faults, ...leaksIn(text).map((leak) => `tells ${leak}`)];
}

/** The errors in the body of the only answer. Null if it is not one of ours. */
export function errorsIn(answer: Buffer): unknown {
  const [, body = ""] = answer.toString("utf8").split("\r\n\r\n");
  try {
    return (JSON.parse(body) as { readonly errors?: unknown }).errors ?? null;
  } catch {
    return null;
  }
}
