// Guarantees about what a subgraph learns of a client.
import { expect, test } from "vitest";
import { cleanUserAgent, clientHeader, clientOf, UNKNOWN_CLIENT } from "./client.ts";

test("what the router writes is what the subgraph reads, in any script", () => {
  for (const client of [
    { address: "203.0.113.7", userAgent: "Mozilla/5.0 (X11; Linux x86_64)" },
    { address: "2001:db8:1:2::/64", userAgent: 'Größe "\u4e2d" 🦊' },
    UNKNOWN_CLIENT,
  ]) {
    const header = clientHeader(client);
    expect(header).toMatch(/^[\w-]+$/);
    expect(clientOf(header)).toEqual(client);
  }
});

test("a header that is missing or odd tells nothing", () => {
  const odd = [undefined, "", "x", ["a"], clientHeader(UNKNOWN_CLIENT).slice(4), "bnVsbA", "e30"];
  for (const header of odd) expect(clientOf(header)).toEqual(UNKNOWN_CLIENT);
});

test("a user agent is one line of 300 characters, without what does not show", () => {
  expect(cleanUserAgent("a\tb\u0000\u0085c\u202e d")).toBe("a b c d");
  expect(cleanUserAgent(" \u0007 ")).toBeNull();
  expect(cleanUserAgent("")).toBeNull();
  expect(cleanUserAgent(undefined)).toBeNull();
  expect(cleanUserAgent("x".repeat(301))).toBe("x".repeat(300));
  const foxes = cleanUserAgent("🦊".repeat(400)) ?? "";
  expect([...foxes]).toHaveLength(300);
  expect(foxes.isWellFormed()).toBe(true);
});
