// Serves the key set that verifies access tokens, over plain HTTP.
import type { FastifyInstance } from "fastify";

const MAX_AGE_SECONDS = 300;

/** Serves `GET /.well-known/jwks.json`. The setting guarantees that all keys are public. */
export function serveKeySet(
  app: FastifyInstance,
  keySet: { readonly keys: readonly object[] },
): void {
  app.get("/.well-known/jwks.json", async (_request, reply) =>
    reply
      .header("cache-control", `public, max-age=${MAX_AGE_SECONDS}`)
      .type("application/jwk-set+json")
      .send(keySet),
  );
}
