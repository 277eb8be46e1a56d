// Refuses web pages of other origins, before anything is read: requests that could change
// something, and requests to a name that is not ours. Grants are in cors.ts.
import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";
import type { GraphQLError } from "graphql";
import { fail } from "#kit/errors";
import type { Origins } from "./origins.ts";

const MISDIRECTED = 421;

export interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** Methods that change nothing. What they answer, other origins cannot read without a grant. */
const SAFE = ["GET", "HEAD", "OPTIONS"];

/**
 * Refuses a `Host` that is not ours. Otherwise a page whose name its owner points at this machine
 * would be of one origin with us (DNS rebinding), and could read everything.
 */
export function hostRefusal(origins: Origins, { headers }: IncomingMessage): Refusal | null {
  if (origins.isOurHost(headers.host ?? "")) return null;
  const message =
    "This router answers on this machine only, and not to this host name: use localhost, or set " +
    "PUBLIC_URL.";
  return { status: MISDIRECTED, message };
}

/** Refuses a page of a foreign origin. Programs send no origin. */
export function originRefusal(origins: Origins, origin: string | undefined): Refusal | null {
  if (origin === undefined || origins.isAllowed(origin)) return null;
  const message =
    `Pages of this origin may not use this router. Open ${origins.publicUrl()}, or name the ` +
    "origin in CORS_ORIGINS.";
  return { status: 403, message };
}

/** Adds both refusals to all routes. */
export function refuseForeign(app: FastifyInstance, origins: Origins): void {
  app.addHook("onRequest", async ({ raw, method, headers }) => {
    const refusal =
      hostRefusal(origins, raw) ??
      (SAFE.includes(method) ? null : originRefusal(origins, headers.origin));
    if (refusal) throw asError(refusal);
  });
}

/** The error that the HTTP server sends with this status. */
export function asError({ status, message }: Refusal): GraphQLError {
  return Object.assign(fail("FORBIDDEN", message), { statusCode: status });
}
