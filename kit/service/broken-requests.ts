// What never becomes a request: bytes that are no HTTP, headers too long, whoever sends so slowly
// that the time for a request is over, tunnels, and upgrades that are refused. Each is told why, in
// the shape of GraphQL, and its connection ends.
import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type ErrorCode, fail } from "#kit/errors";

/** An error of Node's HTTP server for one connection. */
type ConnectionError = Error & { readonly code?: string };

export interface RawRefusal {
  readonly status: number;
  readonly message: string;
  /** Default `BAD_REQUEST`. */
  readonly code?: ErrorCode;
  /** Facts about it, for the body. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** More lines of the head. */
  readonly head?: readonly string[];
}

/** Answers where there is no response to do it with, and ends the connection. */
export function writeRawResponse(stream: Duplex, refusal: RawRefusal): void {
  // Nobody else listens: without this, whoever leaves before the answer would end the process.
  stream.on("error", () => stream.destroy());
  if (!stream.writable) {
    stream.destroy();
    return;
  }
  const { status, message, code = "BAD_REQUEST", facts = {}, head = [] } = refusal;
  const body = JSON.stringify({ errors: [fail(code, message, facts)] });
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Connection: close",
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...head,
  ];
  stream.end(`${lines.join("\r\n")}\r\n\r\n${body}`, () => stream.destroy());
}

const TOO_SLOW = "ERR_HTTP_REQUEST_TIMEOUT";

const REFUSALS: Readonly<Record<string, RawRefusal>> = {
  [TOO_SLOW]: { status: 408, message: "The request arrived too slowly: send it again." },
  HPE_HEADER_OVERFLOW: { status: 431, message: "The headers are too long." },
};
const NO_HTTP: RawRefusal = { status: 400, message: "This is not HTTP." };

/** For `clientError` of an HTTP server; `onSlow` hears of each request that took too long. */
export function refuseBroken(onSlow: () => void): (error: ConnectionError, socket: Socket) => void {
  return (error, socket) => {
    const code = error.code ?? "";
    if (code === TOO_SLOW) onSlow();
    writeRawResponse(socket, REFUSALS[code] ?? NO_HTTP);
  };
}

/** Refuses what Node would otherwise answer with nothing, or in words of its own. */
export function refuseUnsupported(server: Server): void {
  server.on("connect", (_request: IncomingMessage, stream: Duplex) => {
    writeRawResponse(stream, { status: 405, message: "This is no proxy: it opens no tunnels." });
  });
  server.on("checkExpectation", ({ socket }: IncomingMessage) => {
    writeRawResponse(socket, { status: 417, message: "Expect nothing but 100-continue." });
  });
}
