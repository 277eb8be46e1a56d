// The HTTP server under every service: liveness, readiness, and errors in the shape of GraphQL
// whatever goes wrong.
import Fastify, { type FastifyError, type FastifyInstance, LogController } from "fastify";
import { GraphQLError } from "graphql";
import { ERROR_CODES, fail, isErrorCode, maskError } from "#kit/errors";
import { type Log, reportError } from "#kit/log";
import { traceIdOf } from "#kit/trace";

/** Rejects when a dependency does not answer. */
export type Check = () => Promise<unknown>;

const CHECK_TIMEOUT_MS = 2_000;

/** A Fastify server with `/livez` and `/readyz`; it does not listen yet. */
export function createDoor(options: {
  readonly log: Log;
  readonly bodyBytesMax: number;
  readonly checks: Readonly<Record<string, Check>>;
}): FastifyInstance {
  const door = Fastify({
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyBytesMax,
    forceCloseConnections: "idle",
  }) as unknown as FastifyInstance;
  door.get("/livez", async () => ({ status: "ok" }));
  door.get("/readyz", async (_request, reply) => {
    const failed = await failedChecks(options.checks);
    if (failed.length === 0) return { status: "ok" };
    return reply.code(503).send({ status: "unavailable", failed });
  });
  door.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ errors: [fail("NOT_FOUND", "There is nothing at this address.")] }),
  );
  door.setErrorHandler((error: FastifyError, request, reply) => {
    const traceId = traceIdOf(request.headers.traceparent);
    const known = knownError(error);
    reportError(options.log.child({ traceId }), known);
    const masked = maskError(known, traceId);
    const code = masked.extensions.code;
    const status = error.statusCode ?? (isErrorCode(code) ? ERROR_CODES[code].httpStatus : 500);
    return reply.code(status).send({ errors: [masked] });
  });
  return door;
}

/**
 * Fastify's own refusals (body too large, not JSON, wrong content type) are the sender's mistake
 * and say so.
 */
function knownError(error: FastifyError): Error {
  if (error instanceof GraphQLError) return error;
  const isRefusal = error.statusCode !== undefined && error.statusCode < 500;
  return isRefusal ? fail("BAD_REQUEST", error.message) : error;
}

async function failedChecks(checks: Readonly<Record<string, Check>>): Promise<string[]> {
  const outcomes = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const timeout = new Promise<never>((_resolve, reject) => {
        setTimeout(reject, CHECK_TIMEOUT_MS, new Error("timeout")).unref();
      });
      return Promise.race([check(), timeout]).then(
        () => [],
        () => [name],
      );
    }),
  );
  return outcomes.flat();
}
