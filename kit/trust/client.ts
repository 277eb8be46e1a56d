// The facts of the client that sent an operation, for a subgraph: its address and user agent, for
// lists of sessions and for budgets of attempts. The router passes them in a header beside the
// identity, with mutations that try a credential and with no other operation. Both are personal:
// never log them.
import { z } from "zod";

export interface RequestClient {
  /**
   * An IPv4 address, or an IPv6 network such as `2001:db8:1:2::/64`; null if it is not known. A
   * client cannot choose it, as far as TRUSTED_PROXIES of the router is right.
   */
  readonly address: string | null;
  /** In the client's words, one line of at most 300 characters; null without one. */
  readonly userAgent: string | null;
}

/** The client of an operation about which nothing is told. */
export const UNKNOWN_CLIENT: RequestClient = { address: null, userAgent: null };

export const CLIENT_HEADER = "router-client";

const USER_AGENT_MAX = 300;

const shape = z.object({ address: z.string().nullable(), userAgent: z.string().nullable() });

/** The value of the header; a user agent may hold characters that no header can. */
export function clientHeader({ address, userAgent }: RequestClient): string {
  return Buffer.from(JSON.stringify({ address, userAgent })).toString("base64url");
}

/** The client in a header that the router wrote. Without one, or with another, nothing is known. */
export function clientOf(header: unknown): RequestClient {
  if (typeof header !== "string") return UNKNOWN_CLIENT;
  try {
    return shape.parse(JSON.parse(Buffer.from(header, "base64url").toString()));
  } catch {
    return UNKNOWN_CLIENT;
  }
}

/** A user agent as a subgraph may have it: without control characters, and cut. */
export function cleanUserAgent(given: string | undefined): string | null {
  const visible = (given ?? "").replaceAll(/[\p{C}\s]+/gu, " ").trim();
  return [...visible].slice(0, USER_AGENT_MAX).join("").trimEnd() || null;
}
