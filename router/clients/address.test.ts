// Guarantees about the address by which a client is counted.
import type { IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { createClientAddress } from "./address.ts";

function addressOf(remoteAddress: string, forwardedFor?: string, trusted: readonly string[] = []) {
  const headers = forwardedFor === undefined ? {} : { "x-forwarded-for": forwardedFor };
  const request = { headers, socket: { remoteAddress } } as unknown as IncomingMessage;
  return createClientAddress(trusted)(request);
}

describe("a client is counted by", () => {
  test("the address of its connection, whatever its headers say", () => {
    expect(addressOf("203.0.113.7")).toBe("203.0.113.7");
    expect(addressOf("203.0.113.7", "198.51.100.1")).toBe("203.0.113.7");
    expect(addressOf("203.0.113.7", "198.51.100.1", ["10.0.0.0/8"])).toBe("203.0.113.7");
  });

  test("the address from a trusted proxy, and not one that the client sent to the proxy", () => {
    const addressFor = (forwardedFor: string) =>
      addressOf("10.0.0.2", forwardedFor, ["10.0.0.0/8"]);
    expect(addressFor("198.51.100.1")).toBe("198.51.100.1");
    expect(addressFor("1.1.1.1, 198.51.100.1")).toBe("198.51.100.1");
    expect(addressFor("1.1.1.1, 198.51.100.1, 10.0.0.9")).toBe("198.51.100.1");
  });

  test("the address of its connection if the proxy gives none", () => {
    for (const nonsense of ["", "unknown", "_hidden", "198.51.100.1:4711", "a, b"])
      expect(addressOf("10.0.0.2", nonsense, ["10.0.0.2"])).toBe("10.0.0.2");
  });

  test("the same text for an IPv4 address over IPv4 and IPv6", () => {
    expect(addressOf("::ffff:203.0.113.7")).toBe("203.0.113.7");
    expect(addressOf("::ffff:10.0.0.2", "198.51.100.1", ["10.0.0.0/8"])).toBe("198.51.100.1");
  });

  test("the /64 network of its IPv6 address", () => {
    const network = addressOf("2001:db8:1:2::1");
    expect(network).toBe("2001:db8:1:2::/64");
    expect(addressOf("2001:db8:1:2:ffff:ffff:ffff:ffff")).toBe(network);
    expect(addressOf("2001:db8:1:3::1")).not.toBe(network);
    expect(addressOf("fe80::1%eth0")).toBe(addressOf("fe80::2"));
  });
});
