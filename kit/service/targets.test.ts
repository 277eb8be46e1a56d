// Guarantees about the `Host` and the target of requests.
import { describe, expect, test } from "vitest";
import { targetMistake } from "./targets.ts";

const refusalOf = (hosts: readonly string[], url = "/graphql") =>
  targetMistake({ rawHeaders: hosts.flatMap((host) => ["hOsT", host]), url });

describe("a request is accepted", () => {
  test.each([
    "localhost",
    "localhost:4000",
    "127.0.0.1:4000",
    "[::1]",
    "[2001:db8::1]:443",
    "graph.example.com.",
    "a_service:80",
  ])("with the host %s", (host) => {
    expect(refusalOf([host])).toBeNull();
  });

  test.each(["/", "/graphql?query={a}", "*", "/a%20b"])("with the target %s", (url) => {
    expect(refusalOf(["x"], url)).toBeNull();
  });
});

describe("a request is refused", () => {
  test.each([
    ["without a host", []],
    ["with two", ["a", "a"]],
    ["with an empty one", [""]],
    ["with a blank in it", ["a b"]],
    ["with an open bracket", ["["]],
    ["with brackets around nothing", ["[]"]],
    ["with brackets around what is no address", ["[:::::]"]],
    ["with letters beyond ASCII", ["caf\u00e9"]],
    ["with 8 KB", ["a".repeat(8_192)]],
    ["with a path", ["a/b"]],
    ["with somebody's name", ["me@a"]],
    ["with a port that is none", ["a:99999"]],
    ["with an address that is none", ["1.2.3.4.5"]],
    ["with two in one", ["a, b"]],
  ])("%s", (_what, hosts) => {
    expect(refusalOf(hosts)).toMatch(/host/i);
  });

  test.each(["", "graphql", "http://a/graphql", "http://[/graphql", "a:1"])(
    "with the target %j",
    (url) => {
      expect(refusalOf(["a"], url)).toMatch(/target/);
    },
  );
});
