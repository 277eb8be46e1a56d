// The embedded store: a small strict server for the part of S3 that we use, over one folder. It is
// for one machine, and one process has the folder. It answers nothing that is not signed.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Clock } from "#kit/clock";
import { refuseBroken, refuseUnsupported } from "#kit/service/broken-requests";
import type { Log } from "#kit/service/logger";
import { allowOrigin, answerPreflight, type IsOurs } from "#kit/storage/embedded/cors";
import { codeOf, type Folder, openFolder } from "#kit/storage/embedded/files";
import { HANDLERS } from "#kit/storage/embedded/handlers";
import { countRequest, type StoreOutcome } from "#kit/storage/embedded/metrics";
import { createObjects } from "#kit/storage/embedded/objects";
import { type OperationName, operationOf } from "#kit/storage/embedded/operations";
import { Refusal, refusalXml } from "#kit/storage/embedded/refusals";
import { requireSpace } from "#kit/storage/embedded/space";
import { createUploads, UPLOAD_MS_MAX } from "#kit/storage/embedded/uploads";
import { verify } from "#kit/storage/embedded/verifying";
import { HOLDER_HEADER } from "#kit/storage/holder";
import type { Credentials } from "#kit/storage/signing";

const HEADERS_MS_MAX = 10_000;
/** For a part on a slow line: 8 MiB at 15 KB a second. */
const REQUEST_MS_MAX = 10 * 60_000;
/** Without a byte in either direction. */
const SILENT_MS_MAX = 30_000;
const CONNECTIONS_MAX = 4_000;
const HEADER_BYTES_MAX = 16_384;
/** How long a client may go on to send what is refused, so that it reads the refusal. */
const REFUSED_MS_MAX = 2_000;
const SWEEP_EVERY_MS = 60 * 60_000;
/** Headers that a page may send. */
const PAGE_HEADERS = ["content-type", "if-none-match", "range", HOLDER_HEADER];

/** No file is run or framed, whatever it holds, and a page of another origin may show it. */
const SAFE_HEADERS = {
  "content-security-policy": "sandbox; default-src 'none'",
  "cross-origin-resource-policy": "cross-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

export interface StoreOptions {
  /** Created if missing. Only one process may have it. */
  readonly folder: string;
  readonly bucket: string;
  readonly credentials: Credentials;
  /** Whether pages of an origin may use it. */
  readonly isOurs: IsOurs;
  /** It takes no file that would leave less than this on the disk. */
  readonly freeBytesMin: number;
  readonly clock: Clock;
  /** How often uploads that nobody ended are looked for. Default an hour. */
  readonly sweepEveryMs?: number;
  readonly log: Log;
}

export interface Store {
  readonly server: Server;
  /** Rejects when it could take no file. */
  check(): Promise<void>;
  stop(): Promise<void>;
}

/** Opens the folder, and makes the server, which does not listen yet. */
export async function createStore(options: StoreOptions): Promise<Store> {
  const folder = await openFolder(options.folder);
  const objects = createObjects(folder);
  const uploads = createUploads(folder, objects);
  const sweep = () =>
    uploads
      .removeBefore(options.clock().getTime() - UPLOAD_MS_MAX)
      .catch((error: unknown) => options.log.error({ err: error }, "uploads are not swept"));
  await sweep();
  const sweeping = setInterval(sweep, options.sweepEveryMs ?? SWEEP_EVERY_MS);
  const serve = (request: IncomingMessage, response: ServerResponse) =>
    void answer({ ...options, request, response, space: folder, objects, uploads });
  const server = createHttp(serve);
  return {
    server,
    check: () => requireSpace(folder.path, 0, options.freeBytesMin),
    stop: async () => {
      clearInterval(sweeping);
      server.closeIdleConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function createHttp(serve: (request: IncomingMessage, response: ServerResponse) => void): Server {
  const server = createServer(
    {
      headersTimeout: HEADERS_MS_MAX,
      requestTimeout: REQUEST_MS_MAX,
      maxHeaderSize: HEADER_BYTES_MAX,
      noDelay: true,
    },
    serve,
  );
  server.maxConnections = CONNECTIONS_MAX;
  server.timeout = SILENT_MS_MAX;
  server.on(
    "clientError",
    refuseBroken(() => {}),
  );
  refuseUnsupported(server);
  return server;
}

interface Call extends StoreOptions {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly space: Folder;
  readonly objects: ReturnType<typeof createObjects>;
  readonly uploads: ReturnType<typeof createUploads>;
}

/** Never rejects. */
async function answer(call: Call): Promise<void> {
  const { request, response, isOurs, log } = call;
  // A request that has been destroyed has none any more.
  const { socket } = request;
  const startedAt = performance.now();
  const [readBefore, writtenBefore] = [socket.bytesRead, socket.bytesWritten];
  const seen: { operation: OperationName | "none" } = { operation: "none" };
  for (const [name, value] of Object.entries(SAFE_HEADERS)) response.setHeader(name, value);
  allowOrigin(request, response, isOurs);
  let outcome: StoreOutcome = "served";
  try {
    if (isHealth(request)) await answerHealth(call);
    else if (request.method === "OPTIONS") answerPreflight(request, response, PAGE_HEADERS);
    else await perform(call, seen);
  } catch (error) {
    outcome = outcomeOf(error, socket);
    if (outcome === "failed") log.error({ err: error, ...seen }, "the store could not answer");
    refuse(request, response, socket, error);
  }
  countRequest({
    ...seen,
    outcome,
    tookMs: performance.now() - startedAt,
    bytesIn: socket.bytesRead - readBefore,
    bytesOut: socket.bytesWritten - writtenBefore,
  });
}

async function perform(call: Call, seen: { operation: OperationName | "none" }): Promise<void> {
  const { request, credentials, bucket, clock, space, freeBytesMin } = call;
  const now = clock();
  const { method = "", url: target = "", rawHeaders } = request;
  const verified = verify({ method, target, rawHeaders }, credentials, now);
  const operation = operationOf(method, verified, bucket);
  seen.operation = operation.name;
  if (method === "PUT" || method === "POST") {
    await requireSpace(space.path, Number(request.headers["content-length"] ?? 0), freeBytesMin);
  }
  await HANDLERS[operation.name]({ ...call, verified, operation, now });
}

/** No bucket has these names, and no signature is needed. */
function isHealth({ method, url = "" }: IncomingMessage): boolean {
  return method === "GET" && (url === "/livez" || url === "/readyz");
}

async function answerHealth({ request, response, space, freeBytesMin }: Call): Promise<void> {
  if (request.url === "/readyz") await requireSpace(space.path, 0, freeBytesMin);
  response.setHeader("content-type", "application/json").writeHead(200).end(`{"status":"ok"}`);
}

const BROKEN = ["ECONNRESET", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE"];

function outcomeOf(error: unknown, socket: Socket): StoreOutcome {
  if (error instanceof Refusal) return error.status < 500 ? "refused" : "failed";
  return BROKEN.includes(codeOf(error)) || socket.destroyed ? "broken" : "failed";
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  socket: Socket,
  error: unknown,
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const refusal =
    error instanceof Refusal ? error : new Refusal("InternalError", "The store has failed.");
  for (const name of ["etag", "last-modified", "content-disposition", "content-length"]) {
    response.removeHeader(name);
  }
  const text = request.method === "HEAD" ? "" : refusalXml(refusal);
  response.setHeader("cache-control", "no-store");
  response.setHeader("content-type", "application/xml");
  if (!request.complete) response.setHeader("connection", "close");
  response.writeHead(refusal.status).end(text);
  if (request.complete) return;
  request.resume();
  setTimeout(() => socket.destroy(), REFUSED_MS_MAX).unref();
}
