// Serves built apps: their files, and for every other path that a browser opens the app's page. A
// file that does not exist is 404, so that an old page never runs HTML as a script.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Log } from "#kit/service/logger";
import { type Compressor, createCompressor, encodingFor } from "./encodings.ts";
import type { StaticFile } from "./files.ts";
import { INDEX, isHashed, openStaticFolder, type StaticFolder } from "./folder.ts";
import type { StaticMount } from "./mounts.ts";
import { filePathOf, isNavigation } from "./paths.ts";
import { pageHeaders } from "./policy.ts";

const YEAR_SECONDS = 31_536_000;

interface StaticOptions {
  readonly mounts: readonly StaticMount[];
  readonly log: Log;
  /** Whether pages can link to `/mailbox`. */
  readonly hasMailbox: boolean;
  /** The origin of stored files; null for none. */
  readonly storageUrl: string | null;
  /** `ws:` or `wss:` of our own origin, once the server listens. */
  socketOrigin(): string;
}

interface Serving {
  readonly folder: StaticFolder;
  readonly compressor: Compressor;
  readonly options: StaticOptions;
}

/** Throws a `ConfigError` if a folder has no app. */
export async function serveStatic(app: FastifyInstance, options: StaticOptions): Promise<void> {
  const compressor = createCompressor();
  for (const mount of options.mounts) {
    const folder = await openStaticFolder(mount, options.log);
    const serving = { folder, compressor, options };
    // The page's own links are relative to this slash.
    app.get(mount.path, (request, reply) => reply.redirect(withSlash(request.url, mount)));
    app.get(`${mount.path}/*`, async (request, reply) =>
      answer(serving, request.url.slice(mount.path.length), request, reply),
    );
  }
}

function withSlash(url: string, { path }: StaticMount): string {
  return `${path}/${url.slice(path.length)}`;
}

async function answer(
  serving: Serving,
  target: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const path = filePathOf(target);
  if (path === null) return notFound(reply);
  const { accept } = request.headers;
  const own = await serving.folder.find(path);
  const file = own ?? (isNavigation(path, accept) ? await serving.folder.find(INDEX) : undefined);
  return file ? send(serving, file, request, reply) : notFound(reply);
}

function notFound(reply: FastifyReply): FastifyReply {
  reply.callNotFound();
  return reply;
}

async function send(
  { compressor, options }: Serving,
  file: StaticFile,
  { headers }: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  void reply.headers({
    "content-type": file.type,
    "cache-control": isHashed(file.path)
      ? `public, max-age=${YEAR_SECONDS}, immutable`
      : "no-cache",
    etag: file.etag,
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    ...(file.type.startsWith("text/html") && {
      ...pageHeaders(options.socketOrigin(), options.storageUrl),
      // The one header of a page that its scripts can read.
      ...(options.hasMailbox && { "server-timing": "mailbox" }),
    }),
    ...(file.isCompressible && { vary: "accept-encoding" }),
  });
  if (isKnown(file, headers["if-none-match"])) return reply.code(304).send();
  const encoding = file.isCompressible ? encodingFor(headers["accept-encoding"]) : null;
  if (encoding === null) return reply.send(file.bytes);
  const bytes = await compressor.bytesOf(file, encoding);
  return reply.header("content-encoding", encoding).send(bytes);
}

/** Whether the client has this file (RFC 9110 §13.1.2). */
function isKnown({ etag }: StaticFile, condition: string | undefined): boolean {
  if (condition === undefined) return false;
  const tags = condition.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return condition.trim() === "*" || tags.includes(etag.replace(/^W\//, ""));
}
