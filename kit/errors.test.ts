// Guarantees about errors: what a client may see of them.
import { GraphQLError } from "graphql";
import { describe, expect, test } from "vitest";
import { badInput, fail, MASKED_MESSAGE, maskError } from "./errors.ts";
import { InvariantError } from "./invariant.ts";
import { StorageFailure } from "./storage/failure.ts";

describe("masking", () => {
  test.each([
    ["an exception", new Error("password=hunter2")],
    ["a broken invariant", new InvariantError("lost", { row: "hunter2" })],
    ["an error without a code", new GraphQLError("hunter2")],
    [
      "an error with a foreign code",
      new GraphQLError("hunter2", { extensions: { code: "P2002" } }),
    ],
    ["what is no error at all", "hunter2"],
    [
      "a bug wrapped by graphql",
      new GraphQLError("hunter2", { originalError: new Error("hunter2"), path: ["me"] }),
    ],
  ])("%s becomes an internal error with the trace id and nothing else", (_what, error) => {
    const masked = maskError(error, "trace-1").toJSON();
    expect(masked.message).toBe(MASKED_MESSAGE);
    expect(masked.extensions).toEqual({ code: "INTERNAL_SERVER_ERROR", traceId: "trace-1" });
    expect(JSON.stringify(masked)).not.toContain("hunter2");
  });

  test("an error of the registry passes with its facts, without stack and subgraph", () => {
    const error = fail("RATE_LIMITED", "Wait.", {
      retryAfterMs: 5,
      stacktrace: ["x"],
      serviceName: "users",
    });
    expect(maskError(error, "t").toJSON()).toEqual({
      message: "Wait.",
      extensions: { code: "RATE_LIMITED", retryAfterMs: 5 },
    });
  });

  test("the trace id of the process that failed is kept on the way out", () => {
    const upstream = new GraphQLError("x", {
      extensions: { code: "INTERNAL_SERVER_ERROR", traceId: "inner" },
    });
    expect(maskError(upstream, "outer").extensions.traceId).toBe("inner");
  });
});

const refusedConnection = Object.assign(new Error("x"), { code: "ECONNREFUSED" });

test.each([
  ["a refused connection", refusedConnection],
  ["a pool without a free connection", new Error("timeout exceeded when trying to connect")],
  [
    "a connection that has just broken",
    new Error("Client has encountered a connection error and is not queryable"),
  ],
  ["a connection that breaks at COMMIT", new Error("x", { cause: { originalCode: "57P01" } })],
  ["a database that is gone", Object.assign(new Error("x"), { code: "P1001" })],
  ["a store of files that is full", new StorageFailure("UNAVAILABLE", "x")],
  ["a wrapped one", new Error("x", { cause: Object.assign(new Error(), { code: "57P01" }) })],
  [
    "one in an error that another wraps",
    new GraphQLError("x", { originalError: refusedConnection }),
  ],
])("%s is an outage that may pass, and no bug", (_what, outage) => {
  const error = new GraphQLError("x", { originalError: outage });
  expect(maskError(error, "t").extensions).toEqual({
    code: "SUBGRAPH_UNAVAILABLE",
    retryAfterMs: 1_000,
  });
});

test("bad input lists every violation and leads with the first", () => {
  const error = badInput([
    { field: "input.a", message: "is wrong", received: 1 },
    { field: "input.b", message: "is too", received: null },
  ]);
  expect(error.message).toBe("input.a is wrong; input.b is too");
  expect(error.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "input.a", received: 1 });
});
