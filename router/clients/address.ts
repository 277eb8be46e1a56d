// The address by which a client is counted: that of its connection or, behind a trusted proxy, the
// one in `X-Forwarded-For`. The same for both transports.
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import proxyaddr from "@fastify/proxy-addr";
import ipaddr from "ipaddr.js";
import { z } from "zod";

/** The address of a client, or for IPv6 its network. */
export type ClientAddress = (request: IncomingMessage) => string;

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
  const isTrusted =
    trustedProxies.length > 0 ? proxyaddr.compile([...trustedProxies]) : () => false;
  return (request) => {
    const address = proxyaddr(request, isTrusted);
    return countedBy(isIP(address) ? address : (request.socket.remoteAddress ?? ""));
  };
}

function countedBy(address: string): string {
  if (!isIP(address)) return "unknown";
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  const network = parsed.toByteArray().slice(0, 8);
  return `${Buffer.from(network).toString("hex")}/64`;
}
