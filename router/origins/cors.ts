// Lets pages of allowed origins read our answers (CORS). It grants no credentials: tokens are
// headers, and our cookie is for our own origin only.
import type { FastifyInstance } from "fastify";
import type { Origins } from "./origins.ts";
import { asError, originRefusal } from "./refusals.ts";

/** The headers that clients of GraphQL send. */
const ALLOWED_HEADERS = [
  "authorization",
  "content-type",
  "traceparent",
  "meetinity-cost",
  "meetinity-preflight",
  "apollo-require-preflight",
  "x-apollo-operation-name",
  "apollographql-client-name",
  "apollographql-client-version",
];
const EXPOSED_HEADERS = ["ratelimit", "ratelimit-policy", "retry-after"];
/** Browsers ask again after this time, so that a removed origin loses its grant. */
const MAX_AGE_SECONDS = 600;

/** Answers preflights at `path`, and grants what is answered there. */
export function grantOrigins(app: FastifyInstance, path: string, origins: Origins): void {
  app.addHook("onRequest", async (request, reply) => {
    if (request.url.split("?", 1)[0] !== path) return;
    void reply.header("vary", "Origin");
    const { origin } = request.headers;
    if (origin === undefined || !origins.isAllowed(origin)) return;
    void reply.headers({
      "access-control-allow-origin": origin,
      "access-control-expose-headers": EXPOSED_HEADERS.join(", "),
    });
  });
  app.options(path, async ({ headers }, reply) => {
    const refusal = originRefusal(origins, headers.origin);
    if (refusal) throw asError(refusal);
    return reply
      .code(204)
      .headers({
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": ALLOWED_HEADERS.join(", "),
        "access-control-max-age": String(MAX_AGE_SECONDS),
      })
      .send();
  });
}
