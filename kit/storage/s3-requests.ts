// Requests to S3 that the server makes itself: signed with their body, with a deadline, and
// repeated when the store is not there. All operations that we use are safe to repeat.
import { setTimeout as delay } from "node:timers/promises";
import { Agent, type Dispatcher } from "undici";
import { backoffMs } from "#kit/backoff";
import { StorageFailure } from "#kit/storage/failure";
import { type Credentials, queryString, sha256Hex, signedHeaders } from "#kit/storage/signing";
import { traced } from "#kit/telemetry/traced";

const ATTEMPTS = 4;
const BACKOFF = { firstMs: 100, maxMs: 1_000, jitter: 0.5 };
const CONNECT_MS_MAX = 3_000;
/** To complete an upload, S3 may take minutes for large files. */
const HEADERS_MS_MAX = 60_000;
/** Without a byte of the answer. */
const SILENT_MS_MAX = 30_000;
const CONNECTIONS_MAX = 32;
const XML_BYTES_MAX = 4 * 1_024 * 1_024;

export interface S3Request {
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE";
  readonly path: string;
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

export type S3Answer = Dispatcher.ResponseData;

export interface S3Requests {
  /** An answer of success, whose body must be read; others throw. */
  send(request: S3Request): Promise<S3Answer>;
  /** The same with its body as text. */
  text(request: S3Request): Promise<string>;
  close(): Promise<void>;
}

export function createS3Requests(url: string, credentials: Credentials): S3Requests {
  const agent = new Agent({
    connect: { timeout: CONNECT_MS_MAX },
    connections: CONNECTIONS_MAX,
    headersTimeout: HEADERS_MS_MAX,
    bodyTimeout: SILENT_MS_MAX,
  });
  const once = async (request: S3Request): Promise<S3Answer> => {
    const { method, path, query = [], body } = request;
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const headers = signedHeaders(credentials, {
      method,
      path,
      query,
      headers: { ...request.headers, ...length, host: new URL(url).host },
      at: new Date(),
      payloadHash: sha256Hex(body ?? ""),
    });
    const target = query.length === 0 ? path : `${path}?${queryString(query)}`;
    const sent = { origin: url, path: target, method, headers, body: body ?? null };
    const answer = await agent.request(sent).catch((error: unknown) => {
      throw new StorageFailure("UNAVAILABLE", "The store does not answer.", { cause: error });
    });
    if (answer.statusCode < 300) return answer;
    throw failureOf(answer.statusCode, await limitedText(answer));
  };
  const send = (request: S3Request) =>
    traced(`s3 ${request.method}`, { kind: "client" }, () => repeated(() => once(request)));
  return {
    send,
    text: (request) =>
      traced(`s3 ${request.method}`, { kind: "client" }, () =>
        repeated(async () => {
          const text = await limitedText(await once(request));
          // S3 may answer 200 before it has done its work, and say then that it failed.
          if (/<Error>/.test(text)) throw failureOf(500, text);
          return text;
        }),
      ),
    close: () => agent.destroy(),
  };
}

async function repeated<T>(attempt: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt();
    } catch (error) {
      const isAgain = error instanceof StorageFailure && error.problem === "UNAVAILABLE";
      if (!isAgain || count === ATTEMPTS) throw error;
      await delay(backoffMs(count, BACKOFF));
    }
  }
}

async function limitedText({ body }: S3Answer): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      bytes += chunk.length;
      if (bytes > XML_BYTES_MAX) throw new StorageFailure("REFUSED", "The answer is too long.");
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof StorageFailure) throw error;
    throw new StorageFailure("UNAVAILABLE", "The answer of the store ended early.", {
      cause: error,
    });
  }
  return Buffer.concat(chunks).toString();
}

const PROBLEMS: Readonly<Record<string, StorageFailure["problem"]>> = {
  NoSuchKey: "NOT_FOUND",
  NoSuchUpload: "UPLOAD_NOT_FOUND",
  InvalidPart: "UPLOAD_INCOMPLETE",
  InvalidPartOrder: "UPLOAD_INCOMPLETE",
  EntityTooSmall: "UPLOAD_INCOMPLETE",
  BadDigest: "BROKEN",
  IncompleteBody: "BROKEN",
  XAmzContentSHA256Mismatch: "BROKEN",
  RequestTimeout: "UNAVAILABLE",
  SlowDown: "UNAVAILABLE",
};

function failureOf(status: number, text: string): StorageFailure {
  const code = /<Code>(\w{1,64})<\/Code>/.exec(text)?.[1] ?? "";
  const isAway = status >= 500 && status !== 501;
  // An answer to HEAD has no body.
  const unnamed = status === 404 && code === "" ? "NOT_FOUND" : "REFUSED";
  const problem = PROBLEMS[code] ?? (isAway ? "UNAVAILABLE" : unnamed);
  return new StorageFailure(problem, `The store answered ${status} ${code}`.trim());
}
