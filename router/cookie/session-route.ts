// The path for browsers at our own origin. It answers mutations as the graph does, but keeps tokens
// in cookies: that of the session, and those that outlive it. Only pages of our own origin may use
// it, because a browser adds the cookies to whatever it sends there.
import type { FastifyInstance, FastifyRequest } from "fastify";
import { fail } from "#kit/errors";
import type { TokenCookies } from "../execution/token-cookies.ts";
import type { Origins } from "../origins/origins.ts";
import { asError, type Refusal } from "../origins/refusals.ts";
import { setCookie, tokenIn } from "./header.ts";

export interface SessionPath {
  /** Rejects for what a page of our own does not send. Call it before the body is read. */
  refuseOthers(request: Pick<FastifyRequest, "headers">): Promise<void>;
  /** The cookies of a request, whose answer may replace them. */
  cookiesOf(request: Pick<FastifyRequest, "headers">, reply: HeaderWriter): TokenCookies;
}

interface HeaderWriter {
  header(name: string, value: string): unknown;
}

/** Adds all routes at `path` but POST, which answers GraphQL. */
export function serveSession(app: FastifyInstance, path: string, origins: Origins): SessionPath {
  const headerFor = (name: string, token: string, lifeSeconds: number) => {
    const isSecure = origins.publicUrl().startsWith("https:");
    return setCookie(token, { name, path, isSecure, lifeSeconds });
  };
  const refuseOthers: SessionPath["refuseOthers"] = async ({ headers }) => {
    const refusal = refusalOf(headers, origins);
    if (refusal) throw asError(refusal);
  };
  app.delete(path, { onRequest: refuseOthers }, async (_request, reply) =>
    reply
      .code(204)
      .header("set-cookie", headerFor(SESSION, "", 0))
      .send(),
  );
  app.route({
    method: ["GET", "PUT", "PATCH"],
    url: path,
    onRequest: refuseOthers,
    handler: async (_request, reply) => {
      void reply.header("allow", "POST, DELETE");
      throw Object.assign(fail("BAD_REQUEST", METHODS), { statusCode: 405 });
    },
  });
  return {
    refuseOthers,
    cookiesOf: ({ headers }, reply) => ({
      tokenOf: (name) => tokenIn(headers.cookie, name),
      keep: (name, token, lifeSeconds) =>
        reply.header("set-cookie", headerFor(name, token, lifeSeconds)),
    }),
  };
}

/** The name of the token that DELETE forgets. Others outlive the session. */
const SESSION = "session";
const METHODS = "Send a mutation by POST, or DELETE to forget the cookie of the session.";

/**
 * Browsers set both headers, and scripts cannot. Old ones have no `Sec-Fetch-Site`; all send the
 * origin with a POST or a DELETE.
 */
function refusalOf(headers: FastifyRequest["headers"], origins: Origins): Refusal | null {
  const { origin } = headers;
  const site = headers["sec-fetch-site"] ?? "same-origin";
  if (origin !== undefined && origins.isOurs(origin) && site === "same-origin") return null;
  const message = `Only pages of ${origins.publicUrl()} may use this path: others use /graphql.`;
  return { status: 403, message };
}
