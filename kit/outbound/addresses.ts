// The addresses to which a request may go that a client caused: public ones, and those that the
// operator allows.
import ipaddr from "ipaddr.js";
import { z } from "zod";

/** Ranges beside the public addresses, such as `127.0.0.0/8`. */
export type AllowedRanges = readonly ReturnType<typeof ipaddr.parseCIDR>[];

/** Ranges in CIDR notation, with commas between. */
export const allowedRangesSetting = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((range) => range.trim())
      .filter((range) => range !== ""),
  )
  .refine((ranges) => ranges.every((range) => ipaddr.isValidCIDR(range)), {
    error: "must be ranges such as 10.1.0.0/16, with commas between",
  })
  .transform((ranges): AllowedRanges => ranges.map((range) => ipaddr.parseCIDR(range)));

/** Whether an address lies in a range that the operator allows. */
export function isAllowed(address: string, allowed: AllowedRanges): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return allowed.some(
    ([base, bits]) => base.kind() === parsed.kind() && parsed.match([base, bits] as never),
  );
}

/**
 * Whether an address is public. Loopback, private, link-local and all other special ranges are not,
 * nor are IPv6 addresses in which an IPv4 address is embedded, but for mapped ones, which count as
 * that address.
 */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "unicast";
}

/**
 * Whether a request may go to a URL, as far as one can tell before its name is looked up: an https
 * URL without credentials, whose host is a name or a public address. To an address that the
 * operator allows, plain HTTP goes too.
 */
export function mayReach(text: string, allowed: AllowedRanges): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== "" || password !== "") return false;
  const host = hostname.replace(/^\[|\]$/g, "");
  if (isAllowed(host, allowed)) return protocol === "https:" || protocol === "http:";
  if (protocol !== "https:") return false;
  return ipaddr.isValid(host) ? isPublic(host) : host !== "localhost";
}
