// A WebSocket whose bytes a test writes itself, also those that ws would never send. ws does the
// handshake and reads. It keeps all received messages in order, so that a test can check that there
// is no other.
import { EventEmitter, on, once } from "node:events";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Socket as TcpSocket } from "node:net";
import { WebSocket } from "ws";
import type { Closed, Frame } from "../../kit/socket.ts";

const TEXT = 1;
export const BINARY = 2;
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;

/** One frame of a client. Its mask is all zeros, which is valid and changes nothing. */
export function frameOf(
  payload: string | Uint8Array,
  { opcode = TEXT, isLast = true, reserved = 0, isMasked = true } = {},
): Buffer {
  const body = Buffer.from(payload as string);
  const length = body.length < 126 ? body.length : body.length < 2 ** 16 ? 126 : 127;
  const head = Buffer.from([
    (isLast ? 0x80 : 0) | (reserved << 4) | opcode,
    (isMasked ? 0x80 : 0) | length,
  ]);
  const extended = Buffer.alloc(length === 126 ? 2 : length === 127 ? 8 : 0);
  if (length === 126) extended.writeUInt16BE(body.length);
  if (length === 127) extended.writeBigUInt64BE(BigInt(body.length));
  return Buffer.concat([head, extended, Buffer.alloc(isMasked ? 4 : 0), body]);
}

export interface Wire {
  /** The headers with which the server accepted the upgrade. */
  readonly headers: IncomingHttpHeaders;
  /** All messages so far. */
  readonly heard: string[];
  /** Sends messages or any text in one write: the server reads them in one turn. */
  say(...messages: readonly (Frame | string)[]): void;
  write(...frames: readonly Uint8Array[]): void;
  /** The next message that was not read yet. */
  next(): Promise<Frame>;
  /** All unread messages that come before the answer to a ping sent now. */
  before(): Promise<Frame[]>;
  /** Stops reading until the returned function is called. */
  pause(): () => void;
  /** Closes as a client does. */
  close(code?: number, reason?: string): void;
  readonly closed: Promise<Closed>;
}

export interface WireOptions {
  readonly protocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** False: it does not answer WebSocket's own pings. */
  readonly autoPong?: boolean;
}

const RECEIVED_WITHIN_MS = 5_000;
let lastPing = 0;

/** Opens a socket at an HTTP URL, without connection_init. */
export async function openWire(url: string, options: WireOptions = {}): Promise<Wire> {
  const { protocols = ["graphql-transport-ws"], headers = {}, autoPong = true } = options;
  const socket = new WebSocket(url.replace(/^http/, "ws"), [...protocols], {
    headers,
    autoPong,
    perMessageDeflate: false,
  });
  const heard: string[] = [];
  const arrivals = new EventEmitter().setMaxListeners(0);
  let taken = 0;
  socket.on("message", (raw) => {
    heard.push(String(raw));
    arrivals.emit("message");
  });
  const closed = new Promise<Closed>((resolve) => {
    socket.on("close", (code, reason) => {
      resolve({ code, reason: String(reason) });
      arrivals.emit("closed");
    });
  });
  const opened = once(socket, "open");
  const [response] = (await once(socket, "upgrade")) as [IncomingMessage];
  const tcp: TcpSocket = response.socket;
  await opened;
  // The server may close while a test still writes.
  socket.on("error", () => {});
  const write = (...frames: readonly Uint8Array[]) => tcp.write(Buffer.concat([...frames]));
  const textOf = (message: Frame | string) =>
    typeof message === "string" ? message : JSON.stringify(message);
  async function next(): Promise<Frame> {
    const deadline = AbortSignal.timeout(RECEIVED_WITHIN_MS);
    const waiting = on(arrivals, "message", { close: ["closed"], signal: deadline });
    while (heard.length === taken) {
      const { done } = await waiting.next().catch(() => {
        throw new Error(`no message within ${RECEIVED_WITHIN_MS} ms`);
      });
      if (done) throw new Error(`the socket closed: ${JSON.stringify(await closed)}`);
    }
    await waiting.return?.();
    taken += 1;
    return JSON.parse(heard[taken - 1] ?? "") as Frame;
  }
  return {
    headers: response.headers,
    heard,
    say: (...messages) => write(...messages.map((message) => frameOf(textOf(message)))),
    write,
    next,
    async before() {
      lastPing += 1;
      const mark = lastPing;
      write(frameOf(JSON.stringify({ type: "ping", payload: { mark } })));
      const frames: Frame[] = [];
      for (;;) {
        const frame = await next();
        const payload = frame.payload as { readonly mark?: number } | undefined;
        if (frame.type === "pong" && payload?.mark === mark) return frames;
        frames.push(frame);
      }
    },
    pause() {
      socket.pause();
      return () => socket.resume();
    },
    close: (code, reason) => socket.close(code, reason),
    closed,
  };
}

export const GREETING: Frame = { type: "connection_init" };

/** A socket after connection_ack. */
export async function connectWire(url: string, payload?: object): Promise<Wire> {
  const wire = await openWire(url);
  wire.say({ ...GREETING, ...(payload && { payload }) });
  const answer = await wire.next();
  if (answer.type !== "connection_ack")
    throw new Error(`expected connection_ack: ${JSON.stringify(answer)}`);
  return wire;
}

export function subscribe(
  id: string,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Frame {
  return { id, type: "subscribe", payload: { query, variables } };
}
