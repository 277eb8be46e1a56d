// By which address a client is counted: that of its connection or, behind a proxy that is trusted,
// the one that the proxy tells. It decides for both transports and knows no limit.
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import proxyaddr from "@fastify/proxy-addr";
import ipaddr from "ipaddr.js";
import { z } from "zod";

/** The address of a client, or the part of it by which it is counted. */
export type ClientAddress = (request: IncomingMessage) => string;

/** Networks that have a name. */
const NAMED = ["loopback", "linklocal", "uniquelocal"];

/**
 * Addresses, networks such as `10.0.0.0/8` and names of networks, with commas between. A number of
 * proxies is none: it would believe whoever reaches this router past them.
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
 * Believes `X-Forwarded-For` as far as it was written by `trustedProxies`, the last of which must
 * be at the other end of the connection. An IPv6 client is counted by its network of 64 bits, in
 * which it can choose any address.
 */
export function createClientAddress(trustedProxies: readonly string[]): ClientAddress {
  const isTrusted =
    trustedProxies.length > 0 ? proxyaddr.compile([...trustedProxies]) : () => false;
  return (request) => {
    const told = proxyaddr(request, isTrusted);
    return countedBy(isIP(told) ? told : (request.socket.remoteAddress ?? ""));
  };
}

function countedBy(address: string): string {
  if (!isIP(address)) return "unknown";
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  const network = parsed.toByteArray().slice(0, 8);
  return `${Buffer.from(network).toString("hex")}/64`;
}
