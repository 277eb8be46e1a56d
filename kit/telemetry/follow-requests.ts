// Observes each request of the router to a subgraph: continues its trace if the router sampled it,
// and counts its statements if the log shows them.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { readTraceparent } from "#kit/service/trace";
import { inScope } from "#kit/telemetry/scope";
import { continueTrace, type Span } from "#kit/telemetry/spans";

/** Only where nobody but the router can send requests: it trusts the `traceparent`. */
export function followRequests(
  app: FastifyInstance,
  { service, counts }: { readonly service: string; readonly counts: () => boolean },
): void {
  app.addHook("preHandler", (request, reply, done) => {
    const span = spanOf(`answer of ${service}`, request, reply);
    // Following a request costs time for each of its promises.
    if (span || counts()) inScope(span, done);
    else done();
  });
}

function spanOf(name: string, { headers }: FastifyRequest, { raw }: FastifyReply): Span | null {
  const parent = readTraceparent(headers.traceparent);
  if (!parent?.isSampled) return null;
  const span = continueTrace(name, { traceId: parent.traceId, parent, kind: "server" });
  raw.once("close", () => span?.end(raw.writableFinished ? undefined : "ABORTED"));
  return span;
}
