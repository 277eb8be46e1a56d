// Which pages may read what the embedded store answers: those of the app's origins. Signatures
// decide who may do what; this keeps other sites from using a URL that they have learnt.
import type { IncomingMessage, ServerResponse } from "node:http";
import { isLoopback } from "#kit/service/targets";

const EXPOSED = "accept-ranges, content-disposition, content-range, etag";
const PREFLIGHT_SECONDS = 600;
const METHODS = ["GET", "HEAD", "PUT"];

export type IsOurs = (origin: string) => boolean;

/** These origins, and in development all of this machine. */
export function originsOf(origins: readonly string[], isProduction: boolean): IsOurs {
  return (origin) =>
    origins.includes(origin) ||
    (!isProduction && URL.canParse(origin) && isLoopback(new URL(origin).hostname));
}

/** Sets the headers for a page of ours. */
export function allowOrigin(
  { headers }: IncomingMessage,
  response: ServerResponse,
  isOurs: IsOurs,
): void {
  response.setHeader("vary", "origin");
  const { origin } = headers;
  if (origin === undefined || !isOurs(origin)) return;
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-expose-headers", EXPOSED);
}

/** Answers what a browser asks before it sends: 204 to our origins, 403 to others. */
export function answerPreflight(
  { headers }: IncomingMessage,
  response: ServerResponse,
  allowed: readonly string[],
): void {
  const isAllowed = response.hasHeader("access-control-allow-origin");
  const method = headers["access-control-request-method"] ?? "";
  if (!isAllowed || !METHODS.includes(method)) {
    response.writeHead(403).end();
    return;
  }
  response.setHeader("access-control-allow-methods", METHODS.join(", "));
  response.setHeader("access-control-allow-headers", allowed.join(", "));
  response.setHeader("access-control-max-age", PREFLIGHT_SECONDS);
  response.writeHead(204).end();
}
