// The operations of the embedded store: each reads or changes its folder, and answers.
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Source, Stored } from "#kit/storage/embedded/files";
import { partsIn } from "#kit/storage/embedded/listed-parts";
import type { Objects } from "#kit/storage/embedded/objects";
import type { Operation, OperationName } from "#kit/storage/embedded/operations";
import { rangeOf } from "#kit/storage/embedded/ranges";
import { element, Refusal, xml } from "#kit/storage/embedded/refusals";
import type { Uploads } from "#kit/storage/embedded/uploads";
import type { Verified } from "#kit/storage/embedded/verifying";
import { sha256Hex } from "#kit/storage/signing";

/** S3's own limit for what comes in one request. */
const BODY_BYTES_MAX = 5 * 1_024 ** 3;
const XML_BYTES_MAX = 1_024 * 1_024;
const CONTENT_TYPE = "application/octet-stream";

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly verified: Verified;
  readonly operation: Operation;
  readonly objects: Objects;
  readonly uploads: Uploads;
  readonly now: Date;
}

type Handler = (exchange: Exchange) => Promise<void>;

export const HANDLERS: Readonly<Record<OperationName, Handler>> = {
  get: answerObject,
  head: answerObject,
  put: async (exchange) => {
    const { operation, objects, verified } = exchange;
    const type = verified.headers.get("content-type") ?? CONTENT_TYPE;
    const { etag } = await objects.put(operation.key, type, sourceOf(exchange));
    exchange.response.setHeader("etag", quoted(etag)).writeHead(200).end();
  },
  remove: async ({ operation, objects, response }) => {
    await objects.remove(operation.key);
    response.writeHead(204).end();
  },
  start: async ({ operation, uploads, verified, response, now }) => {
    const { key } = operation;
    const contentType = verified.headers.get("content-type") ?? CONTENT_TYPE;
    const id = await uploads.start({ key, contentType, startedAt: now.getTime() });
    answerXml(
      response,
      "InitiateMultipartUploadResult",
      element("Key", key) + element("UploadId", id),
    );
  },
  putPart: async (exchange) => {
    const { key, uploadId, partNumber } = exchange.operation;
    const source = sourceOf(exchange);
    const { etag } = await exchange.uploads.putPart(key, uploadId, partNumber, source);
    exchange.response.setHeader("etag", quoted(etag)).writeHead(200).end();
  },
  parts: async ({ operation, uploads, response }) => {
    const parts = await uploads.parts(operation.key, operation.uploadId);
    const texts = parts.map(
      ({ number, etag, bytes }) =>
        `<Part>${element("PartNumber", number)}${element("ETag", quoted(etag))}` +
        `${element("Size", bytes)}</Part>`,
    );
    answerXml(response, "ListPartsResult", `${element("IsTruncated", "false")}${texts.join("")}`);
  },
  complete: async (exchange) => {
    const { operation, uploads, response } = exchange;
    const wanted = partsIn(await textOf(sourceOf(exchange)));
    const { key, uploadId } = operation;
    const { etag } = await uploads.complete(key, uploadId, wanted);
    const content = element("Key", key) + element("ETag", quoted(etag));
    answerXml(response, "CompleteMultipartUploadResult", content);
  },
  abort: async ({ operation, uploads, response }) => {
    await uploads.abort(operation.key, operation.uploadId);
    response.writeHead(204).end();
  },
};

function quoted(etag: string): string {
  return `"${etag}"`;
}

function answerXml(response: ServerResponse, root: string, content: string): void {
  response.setHeader("content-type", "application/xml").writeHead(200).end(xml(root, content));
}

/** The body of a request, with the checks that its signature asks for. */
function sourceOf({ request, verified }: Exchange): Source {
  const length = verified.headers.get("content-length");
  if (length === undefined || verified.headers.has("transfer-encoding")) {
    throw new Refusal("MissingContentLength", "The length of the body must be known.");
  }
  const bytes = Number(length);
  if (bytes > BODY_BYTES_MAX) throw new Refusal("EntityTooLarge", "The body is too large.");
  const checksum = verified.headers.get("x-amz-checksum-sha256");
  const own = checksum === undefined ? null : Buffer.from(checksum, "base64").toString("hex");
  const { payloadHash } = verified;
  if (own !== null && payloadHash !== null && own !== payloadHash) {
    throw new Refusal("BadDigest", "The two hashes of the body differ.");
  }
  // The handler that stops to read it answers, on the same connection.
  const body = request.iterator({ destroyOnReturn: false });
  return { body, bytes, sha256: payloadHash ?? own };
}

async function answerObject(exchange: Exchange): Promise<void> {
  const { operation, objects, verified, response } = exchange;
  const stored = await objects.open(operation.key);
  if (!stored) throw new Refusal("NoSuchKey", "There is no such key.");
  try {
    const { facts, modifiedAt } = stored;
    const { key, etag, bytes, contentType } = facts;
    if (key !== operation.key) throw new Error("A stored file has the name of another key.");
    const headers = {
      "accept-ranges": "bytes",
      "cache-control": "private",
      "content-disposition": "attachment",
      "content-type": contentType,
      etag: quoted(etag),
      "last-modified": modifiedAt.toUTCString(),
      ...operation.answered,
    };
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (isKnown(verified.headers.get("if-none-match"), etag)) {
      response.writeHead(304).end();
      return;
    }
    await answerBytes(exchange, stored, bytes);
  } finally {
    await stored.close();
  }
}

/** Whether the client has it already. */
function isKnown(header: string | undefined, etag: string): boolean {
  const tags = (header ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes(quoted(etag)) || tags.includes("*");
}

async function answerBytes(exchange: Exchange, stored: Stored, bytes: number): Promise<void> {
  const { request, response, verified } = exchange;
  const onlyIf = verified.headers.get("if-range");
  const isSame = onlyIf === undefined || onlyIf === quoted(stored.facts.etag);
  const range = isSame ? rangeOf(verified.headers.get("range"), bytes) : null;
  if (range === "outside") {
    response.setHeader("content-range", `bytes */${bytes}`);
    throw new Refusal("InvalidRange", "The object has no byte of this range.");
  }
  const { start, end } = range ?? { start: 0, end: bytes - 1 };
  if (range) response.setHeader("content-range", `bytes ${start}-${end}/${bytes}`);
  response.setHeader("content-length", end - start + 1);
  response.writeHead(range ? 206 : 200);
  if (request.method === "HEAD") response.end();
  else await pipeline(stored.read(start, end), response);
}

async function textOf({ body, bytes, sha256 }: Source): Promise<string> {
  if (bytes > XML_BYTES_MAX) throw new Refusal("EntityTooLarge", "The list of parts is too long.");
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const text = Buffer.concat(chunks);
  if (sha256 !== null && sha256Hex(text) !== sha256) {
    throw new Refusal("XAmzContentSHA256Mismatch", "The body differs from its hash.");
  }
  return text.toString();
}
