// Sends probes to a router: HTTP over kept connections, and one socket for each person. Returns the
// first answer, unchanged.
import { once } from "node:events";
import { Pool } from "undici";
import { WebSocket } from "ws";
import { traceparentOf } from "../../../kit/service/trace.ts";
import type { Probe } from "./traffic.ts";
import type { Arrived } from "./verdict.ts";

export interface Senders {
  /** Sends a probe and returns the first answer. */
  send(probe: Probe): Promise<Arrived>;
  close(): Promise<void>;
}

interface Options {
  /** The `/graphql` of a router. */
  readonly url: string;
  /** Access tokens by name. That of "nobody" is undefined. */
  readonly tokens: Readonly<Record<string, string | undefined>>;
  readonly connections: number;
}

/** After its answer, the refusal of a subscription sent before it has usually arrived. */
const ROUND_TRIP = "{ conversations(first: 1) { edges { cursor } } }";

export function openSenders(options: Options): Senders {
  const { origin, pathname } = new URL(options.url);
  const pool = new Pool(origin, { connections: options.connections });
  const lines = new Map<string, Promise<Line>>();
  const lineOf = (as: string) => {
    const forget = () => lines.delete(as);
    const known = lines.get(as) ?? openLine(options.url, options.tokens[as], forget);
    lines.set(as, known);
    return known;
  };

  async function overHttp({ as, body, trace }: Probe): Promise<Arrived> {
    const token = options.tokens[as];
    const headers = {
      "content-type": "application/json",
      traceparent: traceparentOf(trace),
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const startedAt = performance.now();
    const answer = await pool.request({ method: "POST", path: pathname, headers, body });
    const text = await answer.body.text();
    return { status: answer.statusCode, text, ms: performance.now() - startedAt };
  }

  return {
    async send(probe) {
      if (probe.transport === "http") return overHttp(probe);
      const line = await lineOf(probe.as);
      return line.run(probe);
    },
    async close() {
      for (const line of lines.values()) (await line).close();
      await pool.close();
    },
  };
}

interface Frame {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

interface Line {
  run(probe: Probe): Promise<Arrived>;
  close(): void;
}

/** One socket after connection_ack. A close during an operation counts as status 500. */
async function openLine(
  url: string,
  token: string | undefined,
  onClose: () => void,
): Promise<Line> {
  const socket = new WebSocket(url.replace(/^http/, "ws"), "graphql-transport-ws");
  const waiting = new Map<string, (frame: Frame) => void>();
  socket.on("message", (raw) => {
    const frame = JSON.parse(String(raw)) as Frame;
    waiting.get(frame.id ?? "")?.(frame);
  });
  socket.on("close", (code) => {
    onClose();
    for (const hear of waiting.values()) hear({ type: "closed", payload: code });
  });
  const send = (frame: string) => socket.send(frame);
  const frameOf = (id: string) => new Promise<Frame>((resolve) => waiting.set(id, resolve));
  await once(socket, "open");
  send(
    JSON.stringify({
      type: "connection_init",
      payload: token ? { authorization: `Bearer ${token}` } : {},
    }),
  );
  await new Promise<void>((resolve) => waiting.set("", () => resolve()));
  let last = 0;

  async function run({ body, isSubscription, trace }: Probe): Promise<Arrived> {
    last += 1;
    const id = String(last);
    const startedAt = performance.now();
    const first = frameOf(id);
    send(`{"id":"${id}","type":"subscribe","payload":${traced(body, trace)}}`);
    const others: Promise<Frame>[] = isSubscription ? [frameOf(`${id}+`)] : [];
    if (isSubscription) {
      send(JSON.stringify({ id: `${id}+`, type: "subscribe", payload: { query: ROUND_TRIP } }));
    }
    const frame = await Promise.race([first, ...others]);
    if (isSubscription) send(JSON.stringify({ id, type: "complete" }));
    for (const each of [id, `${id}+`]) waiting.delete(each);
    return arrivedOf(frame, performance.now() - startedAt);
  }
  return { run, close: () => socket.terminate() };
}

/** A frame has no headers, so the trace is in the extensions. */
function traced(body: string, trace: string): string {
  return `{"extensions":{"traceparent":"${traceparentOf(trace)}"},${body.slice(1)}`;
}

function arrivedOf({ type, payload }: Frame, ms: number): Arrived {
  if (type === "closed") return { status: 500, text: `{"data":null,"closed":${payload}}`, ms };
  const answer = type === "error" ? { errors: payload } : (payload ?? { data: null });
  return { status: null, text: JSON.stringify(answer), ms };
}
