// Continues the trace of each request that the router sampled: a span for the request, which work
// below it finds by `activeSpan`.
import type { FastifyInstance } from "fastify";
import { readTraceparent } from "#kit/service/trace";
import { continueTrace, enterSpan, leaveSpan } from "#kit/telemetry/spans";

/** Only where nobody but the router can send requests. */
export function followTraces(app: FastifyInstance, service: string): void {
  app.addHook("preHandler", (request, reply, done) => {
    const sent = readTraceparent(request.headers.traceparent);
    const options = {
      traceId: sent?.traceId ?? "",
      kind: "server",
      ...(sent && { parent: sent }),
    } as const;
    const span = sent?.isSampled ? continueTrace(`answer of ${service}`, options) : null;
    if (!span) return done();
    reply.raw.once("close", () => {
      span.end(reply.raw.writableFinished ? undefined : "ABORTED");
      leaveSpan();
    });
    enterSpan(span, done);
  });
}
