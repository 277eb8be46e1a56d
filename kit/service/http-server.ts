// The HTTP server of every service: its health, refusals of requests that must not be
// parsed, and errors in the shape of GraphQL whatever goes wrong.
import type { Server } from "node:http";
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import { GraphQLError } from "graphql";
import { ERROR_CODES, fail, isErrorCode, maskError } from "#kit/errors";
import { refuseBroken, refuseUnsupported } from "#kit/service/broken-requests";
import { createHealth, type Health, serveHealth } from "#kit/service/health";
import { countResponses } from "#kit/service/http-metrics";
import { type Log, reportError } from "#kit/service/logger";
import { targetMistake } from "#kit/service/targets";
import { traceIdOf } from "#kit/service/trace";

const REQUEST_MS_MAX = 10_000;
/** How often Node checks for requests that took too long. */
const LOOK_EVERY_MS = 1_000;
/** How often a server that closes looks for connections that have become idle. */
const CLOSE_IDLE_EVERY_MS = 50;

/** A Fastify server with the addresses of its health; it does not listen yet. */
export function createHttpServer(options: {
  readonly log: Log;
  readonly bodyBytesMax: number;
  /** The time for a request to arrive, headers and body, in ms. Default 10 seconds. */
  readonly requestMsMax?: number;
  /** Called for each request that took longer. */
  readonly onSlowRequest?: () => void;
  /** Default: without dependencies. */
  readonly health?: Health;
  /** Whether only operators reach it, who may see reasons. Default false. */
  readonly isForOperators?: boolean;
}): FastifyInstance {
  const { requestMsMax = REQUEST_MS_MAX, onSlowRequest = () => {} } = options;
  const answer = (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const traceId = traceIdOf(request.headers.traceparent);
    const known = knownError(error);
    reportError(options.log, known, { traceId });
    const masked = maskError(known, traceId);
    const code = masked.extensions.code;
    const status = error.statusCode ?? (isErrorCode(code) ? ERROR_CODES[code].httpStatus : 500);
    return reply.code(status).send({ errors: [masked] });
  };
  const server = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyBytesMax,
    requestTimeout: requestMsMax,
    http: {
      headersTimeout: requestMsMax,
      connectionsCheckingInterval: Math.min(LOOK_EVERY_MS, requestMsMax),
      // `targetMistake` checks the header below, with a better message.
      requireHostHeader: false,
    },
    clientErrorHandler: refuseBroken(onSlowRequest),
    frameworkErrors: (error, request, reply) => answer(error, request, reply),
    forceCloseConnections: "idle",
  }) as unknown as FastifyInstance;
  refuseUnsupported(server.server);
  server.addHook("preClose", async () => closeIdle(server.server));
  server.addHook("onRequest", async ({ raw }) => {
    const refusal = targetMistake(raw);
    if (refusal) throw fail("BAD_REQUEST", refusal);
  });
  server.addHook("preParsing", async (request) => refuseUnreadable(request));
  server.addHook("onSend", async (_request, reply) => {
    void reply.header("x-content-type-options", "nosniff");
    // A response is for one person unless it says that it is public, or is asked for each time.
    const isCacheable = /^(?:public\b|no-cache$)/.test(String(reply.getHeader("cache-control")));
    if (!isCacheable) void reply.header("cache-control", "no-store");
  });
  countResponses(server);
  serveHealth(server, options.health ?? createHealth(), options.isForOperators ?? false);
  server.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ errors: [fail("NOT_FOUND", "There is nothing at this address.")] }),
  );
  server.setErrorHandler(answer);
  return server;
}

/**
 * Closes connections as their last request ends. Node closes only those that are idle at first;
 * another one would stay for the time of keep-alive, more than a minute.
 */
function closeIdle(server: Server): void {
  const timer = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY_MS);
  server.once("close", () => clearInterval(timer));
}

/**
 * Accepts only uncompressed bodies in UTF-8. Decompression would make a body larger than the size
 * that was checked, and another charset could hide a text from checks.
 */
function refuseUnreadable({ headers }: FastifyRequest): void {
  if (headers["content-encoding"] !== undefined) {
    throw unsupported("The body must not be compressed: send it without `content-encoding`.");
  }
  const charset = /;\s*charset\s*=\s*"?([^\s";]*)/i.exec(headers["content-type"] ?? "")?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) {
    throw unsupported("The body must be in UTF-8.");
  }
}

function unsupported(message: string): GraphQLError {
  return Object.assign(fail("BAD_REQUEST", message), { statusCode: 415 });
}

/** Fastify's own refusals (body too large, not JSON, wrong content type) become `BAD_REQUEST`. */
function knownError(error: FastifyError): Error {
  if (error instanceof GraphQLError) return error;
  const isRefusal = error.statusCode !== undefined && error.statusCode < 500;
  return isRefusal ? fail("BAD_REQUEST", error.message) : error;
}
