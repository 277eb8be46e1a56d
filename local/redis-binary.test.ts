// The versions of redis-server that are accepted, and the packages of a private copy.
import { expect, test } from "vitest";
import { isNewEnough, packagesToFetch } from "./redis-binary.ts";

test.each([
  ["Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64", true],
  ["Redis server v=6.2.0 sha=00000000:0", true],
  ["Valkey server v=8.1.1 sha=00000000:0", true],
  ["Redis server v=10.0.0 sha=00000000:0", true],
  ["Redis server v=6.0.16 sha=00000000:0", false],
  ["Redis server v=5.9.0 sha=00000000:0", false],
  ["something else", false],
  ["", false],
])("%s: usable is %s", (line, isUsable) => {
  expect(isNewEnough(line)).toBe(isUsable);
});

test("a private copy has the packages of a simulated install", () => {
  const simulated = [
    "Reading package lists...",
    "The following NEW packages will be installed:",
    "  libjemalloc2 redis-server redis-tools",
    "Inst libjemalloc2 (5.3.0-1 Debian:12 [amd64])",
    "Inst redis-server (5:7.0.15-1 Debian:12 [amd64])",
    "Conf redis-server (5:7.0.15-1 Debian:12 [amd64])",
  ].join("\n");
  expect(packagesToFetch(simulated)).toEqual(["libjemalloc2", "redis-server"]);
});
