// A WebSocket client that speaks graphql-transport-ws frame by frame and queues what arrives, so
// that a test waits for frames and never sleeps.
import { EventEmitter, on } from "node:events";
import { WebSocket } from "ws";
import { graphqlUrl } from "./stack.ts";

export interface Frame {
  readonly id?: string;
  readonly type: string;
  readonly payload?: unknown;
}

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

export interface Socket {
  /** Sends a frame, or any text. */
  send(frame: Frame | string): void;
  /**
   * The next frame of an operation, or of the connection itself. Rejects if the socket closes or
   * nothing arrives in time.
   */
  next(id?: string, withinMs?: number): Promise<Frame>;
  /** Starts an operation and returns its id. */
  subscribe(query: string, variables?: Readonly<Record<string, unknown>>): string;
  /** The data of the next event of an operation, which must be a `next` without errors. */
  event<Data = unknown>(id: string): Promise<Data>;
  complete(id: string): void;
  closed: Promise<Closed>;
  close(): void;
}

/** The code of an `error` frame. */
export function codeOf(frame: Frame): string | undefined {
  const [first] = frame.payload as { readonly extensions: { readonly code: string } }[];
  return first?.extensions.code;
}

const FRAME_TIMEOUT_MS = 20_000;
const CONNECTION = "";

export interface SocketOptions {
  readonly as?: string | undefined;
  /** Sends this subscriber in connection_init, and answers pings as libraries do. */
  readonly subscriberId?: string;
  readonly router?: number;
  readonly url?: string;
  readonly protocol?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Opens a socket without connection_init. */
export async function openSocket(options: SocketOptions = {}): Promise<Socket> {
  const url = (options.url ?? graphqlUrl(options.router)).replace(/^http/, "ws");
  const ws = new WebSocket(url, options.protocol ?? "graphql-transport-ws", {
    headers: { ...options.headers },
  });
  const queues = new Map<string, Frame[]>();
  const arrivals = new EventEmitter().setMaxListeners(0);
  const closed = new Promise<Closed>((resolve) => {
    ws.on("close", (code, reason) => {
      resolve({ code, reason: String(reason) });
      arrivals.emit("closed", code);
    });
  });
  ws.on("message", (raw) => {
    const frame = JSON.parse(String(raw)) as Frame;
    if (frame.type === "ping") return ws.send(JSON.stringify({ ...frame, type: "pong" }));
    const key = frame.id ?? CONNECTION;
    queues.set(key, [...(queues.get(key) ?? []), frame]);
    arrivals.emit("frame");
  });
  await new Promise<void>((resolve, reject) => {
    ws.once("open", resolve);
    ws.once("error", reject);
  });
  let lastId = 0;
  const next = async (id = CONNECTION, withinMs = FRAME_TIMEOUT_MS): Promise<Frame> => {
    const deadline = AbortSignal.timeout(withinMs);
    const waiting = on(arrivals, "frame", { close: ["closed"], signal: deadline });
    try {
      for (;;) {
        const frame = queues.get(id)?.shift();
        if (frame) return frame;
        if (ws.readyState === WebSocket.CLOSED) throw new Error("the socket is closed");
        const { done } = await waiting.next().catch(() => {
          throw new Error(`no frame for operation "${id}" within ${withinMs} ms`);
        });
        if (done) throw new Error(`the socket closed: ${JSON.stringify(await closed)}`);
      }
    } finally {
      await waiting.return?.();
    }
  };
  const send = (frame: Frame | string) => {
    ws.send(typeof frame === "string" ? frame : JSON.stringify(frame));
  };
  return {
    send,
    next,
    subscribe(query, variables = {}) {
      lastId += 1;
      const id = String(lastId);
      send({ id, type: "subscribe", payload: { query, variables } });
      return id;
    },
    async event<Data>(id: string) {
      const frame = await next(id);
      const payload = frame.payload as { data: Data; errors?: unknown };
      if (frame.type !== "next" || payload.errors) {
        throw new Error(`expected an event, got ${JSON.stringify(frame)}`);
      }
      return payload.data;
    },
    complete: (id) => send({ id, type: "complete" }),
    closed,
    close: () => ws.terminate(),
  };
}

/** Opens a socket and sends connection_init with the token `as`. */
export async function connect(options: SocketOptions = {}): Promise<Socket> {
  const socket = await openSocket(options);
  const { as, subscriberId } = options;
  const payload = { ...(as && { authorization: `Bearer ${as}` }), subscriberId };
  socket.send({ type: "connection_init", payload });
  const greeting = await socket.next();
  if (greeting.type !== "connection_ack")
    throw new Error(`expected connection_ack, got ${JSON.stringify(greeting)}`);
  return socket;
}
