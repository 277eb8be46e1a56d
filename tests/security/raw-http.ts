// HTTP as bytes, for requests that no client library sends, such as a repeated header, a line break
// in a value, or an invalid upgrade.
import { once } from "node:events";
import { connect } from "node:net";

export interface WireAnswer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

export interface WireRequest {
  readonly method?: string;
  /** Default: the path of the URL. */
  readonly path?: string;
  /** Header lines, in this order, beside `host`. */
  readonly head?: readonly string[];
  readonly body?: string;
  /** Default: that of the URL. */
  readonly host?: string;
  /** End the connection behind the headers of the answer, as for a socket that was opened. */
  readonly isOverAtHead?: boolean;
}

const ANSWERED_WITHIN_MS = 5_000;

/** Sends one request on a new connection, and reads until the server closes it. */
export async function exchange(url: string, request: WireRequest): Promise<WireAnswer> {
  const { hostname, port, pathname, search, host: own } = new URL(url);
  const { method = "POST", path = pathname + search, head = [], body = "", host = own } = request;
  const socket = connect(Number(port), hostname);
  socket.setTimeout(ANSWERED_WITHIN_MS, () => socket.destroy(new Error("no answer")));
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `host: ${host}`,
    "connection: close",
    ...(body
      ? ["content-type: application/json", `content-length: ${Buffer.byteLength(body)}`]
      : []),
    ...head,
  ];
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    if (request.isOverAtHead && Buffer.concat(chunks).includes("\r\n\r\n")) socket.destroy();
  });
  socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`);
  await once(socket, "close");
  const text = Buffer.concat(chunks).toString("utf8");
  const [headers = "", ...rest] = text.split("\r\n\r\n");
  return {
    status: Number(/^HTTP\/1\.1 (\d+)/.exec(headers)?.[1]),
    headers,
    body: rest.join("\r\n\r\n"),
  };
}
