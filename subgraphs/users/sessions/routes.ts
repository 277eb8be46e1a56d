// The key set with which access tokens are verified, over plain HTTP.
import type { FastifyInstance } from "fastify";

const MAX_AGE_SECONDS = 300;

/** Serves `GET /.well-known/jwks.json`; its setting has made sure that all keys are public. */
export function serveKeySet(
  door: FastifyInstance,
  keySet: { readonly keys: readonly object[] },
): void {
  door.get("/.well-known/jwks.json", async (_request, reply) =>
    reply
      .header("cache-control", `public, max-age=${MAX_AGE_SECONDS}`)
      .type("application/jwk-set+json")
      .send(keySet),
  );
}
