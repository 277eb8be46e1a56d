// Answers connections that never become a request: bytes that are not HTTP, headers that are too
// long or arrive too slowly, tunnels, and refused upgrades. The answer has the shape of a GraphQL
// error, and the connection closes.
import { type IncomingMessage, type Server, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type ErrorCode, fail } from "#kit/errors";

/** An error of Node's HTTP server about one connection. */
type ConnectionError = Error & { readonly code?: string };

export interface RawRefusal {
  readonly status: number;
  readonly message: string;
  /** Default `BAD_REQUEST`. */
  readonly code?: ErrorCode;
  /** Extensions of the error. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** More header lines. */
  readonly head?: readonly string[];
}

/** Writes a response where Node offers no response object, and closes the connection. */
export function writeRawResponse(stream: Duplex, refusal: RawRefusal): void {
  // Without a listener, a client that disconnects before the answer would crash the process.
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

/** A handler for `clientError` of an HTTP server; `onSlow` is called for each slow request. */
export function refuseBroken(onSlow: () => void): (error: ConnectionError, socket: Socket) => void {
  return (error, socket) => {
    const code = error.code ?? "";
    if (code === TOO_SLOW) onSlow();
    writeRawResponse(socket, REFUSALS[code] ?? NO_HTTP);
  };
}

/** Refuses requests that Node would otherwise answer with nothing, or in its own words. */
export function refuseUnsupported(server: Server): void {
  server.on("connect", (_request: IncomingMessage, stream: Duplex) => {
    writeRawResponse(stream, { status: 405, message: "This is no proxy: it opens no tunnels." });
  });
  server.on("checkExpectation", ({ socket }: IncomingMessage) => {
    writeRawResponse(socket, { status: 417, message: "Expect nothing but 100-continue." });
  });
}
