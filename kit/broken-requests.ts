// What Node gives up before it is a request: bytes that are no HTTP, headers too long, and whoever
// sends so slowly that the time for a request is over. Each is told why, in the shape of GraphQL,
// and its connection ends.
import type { Socket } from "node:net";
import { fail } from "#kit/errors";

/** An error of Node's HTTP server for one connection. */
type ConnectionError = Error & { readonly code?: string };

const TOO_SLOW = "ERR_HTTP_REQUEST_TIMEOUT";

const REFUSALS: Readonly<Record<string, readonly [status: string, message: string]>> = {
  [TOO_SLOW]: ["408 Request Timeout", "The request arrived too slowly: send it again."],
  HPE_HEADER_OVERFLOW: ["431 Request Header Fields Too Large", "The headers are too long."],
};
const NO_HTTP = ["400 Bad Request", "This is not HTTP."] as const;

/** For `clientError` of an HTTP server; `onSlow` hears of each request that took too long. */
export function refuseBroken(onSlow: () => void): (error: ConnectionError, socket: Socket) => void {
  return (error, socket) => {
    const code = error.code ?? "";
    if (code === TOO_SLOW) onSlow();
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    const [status, message] = REFUSALS[code] ?? NO_HTTP;
    const body = JSON.stringify({ errors: [fail("BAD_REQUEST", message)] });
    const head = [
      `HTTP/1.1 ${status}`,
      "Connection: close",
      "Content-Type: application/json; charset=utf-8",
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
  };
}
