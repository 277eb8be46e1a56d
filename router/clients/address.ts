// The address by which a client is counted: that of its connection or, behind a trusted proxy, the
// one in `X-Forwarded-For`. The same for both transports. Also what a subgraph may learn of a
// client.
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import proxyaddr from "@fastify/proxy-addr";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { cleanUserAgent, type RequestClient } from "#kit/trust/client";

/** The address of a client, or for IPv6 its network. */
export type ClientAddress = (request: IncomingMessage) => string;
/** Whether a trusted proxy passed a request on. */
export type ProxyCheck = (request: IncomingMessage) => boolean;

/** All clients without an address are counted together. */
const UNKNOWN = "unknown";
/** Networks that have a name. */
const NAMED = ["loopback", "linklocal", "uniquelocal"];

/**
 * Addresses, networks such as `10.0.0.0/8` and names of networks, separated by commas. A number of
 * proxies is refused: then a client that bypasses the proxies could forge its address.
 */
export const trustedProxiesSetting = z
  .string()
  .transform((text) => text.split(",").map((each) => each.trim()))
  .refine((proxies): boolean => proxies.every(isNetwork), {
    error: "is no list of addresses and networks",
  });

function isNetwork(text: string): boolean {
  if (NAMED.includes(text)) return true;
  return isIP(text) > 0 || ipaddr.isValidCIDR(text);
}

/**
 * Uses `X-Forwarded-For` as far as `trustedProxies` wrote it; the last of them must be the peer of
 * the connection. An IPv6 client is counted by its /64 network, because it can use any address
 * there.
 */
export function createClientAddress(trustedProxies: readonly string[]): ClientAddress {
  const isTrusted = trustOf(trustedProxies);
  return (request) => {
    const address = proxyaddr(request, isTrusted);
    return countedBy(isIP(address) ? address : (request.socket.remoteAddress ?? ""));
  };
}

export function createProxyCheck(trustedProxies: readonly string[]): ProxyCheck {
  const isTrusted = trustOf(trustedProxies);
  return ({ socket: { remoteAddress = "" } }) =>
    isIP(remoteAddress) > 0 && isTrusted(remoteAddress, 0);
}

/** Whether an address is one of a trusted proxy; the second argument is that of the library. */
function trustOf(proxies: readonly string[]): (address: string, hops: number) => boolean {
  return proxies.length > 0 ? proxyaddr.compile([...proxies]) : () => false;
}

/** The facts of the client at `address`, for a subgraph. */
export function requestClient(address: string, { headers }: IncomingMessage): RequestClient {
  return {
    address: address === UNKNOWN ? null : address,
    userAgent: cleanUserAgent(headers["user-agent"]),
  };
}

function countedBy(address: string): string {
  if (!isIP(address)) return UNKNOWN;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  const network = [...parsed.toByteArray().slice(0, 8), ...Array<number>(8).fill(0)];
  return `${ipaddr.fromByteArray(network).toString()}/64`;
}
