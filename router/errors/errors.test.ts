// Guarantees about the errors that clients see.
import {
  buildSchema,
  GraphQLError,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
} from "graphql";
import { describe, expect, test } from "vitest";
import { ERROR_CODES, fail } from "#kit/errors";
import { clientError, withHttpStatus } from "./errors.ts";

const TRACE = "a".repeat(32);
const seen = (error: unknown) => clientError(error, TRACE).toJSON();

describe("a client sees", () => {
  test("an error of the registry with its extensions and path, without those of libraries", () => {
    const error = new GraphQLError("Too late.", {
      path: ["a", 0],
      extensions: {
        code: "CONFLICT",
        retryAfterMs: 5,
        serviceName: "users",
        stacktrace: ["at"],
        exception: {},
        http: { status: 500 },
        queryPlan: "Fetch",
      },
    });
    expect(seen(error)).toEqual({
      message: "Too late.",
      path: ["a", 0],
      extensions: { code: "CONFLICT", retryAfterMs: 5 },
    });
  });

  test("only a trace id for any other error", () => {
    const strange = new GraphQLError("secret", {
      extensions: { code: "DOWNSTREAM_SERVICE_ERROR" },
    });
    for (const thrown of [strange, new Error("secret"), "secret", undefined]) {
      const { message, extensions } = seen(thrown);
      expect(message).not.toContain("secret");
      expect(extensions).toEqual({ code: "INTERNAL_SERVER_ERROR", traceId: TRACE });
    }
  });

  test("no empty path and no very long message", () => {
    const { message, path } = seen(
      new GraphQLError("x".repeat(9_999), { path: [], extensions: { code: "CONFLICT" } }),
    );
    expect(message.length).toBeLessThan(600);
    expect(path).toBeUndefined();
  });

  test("the path and type of a variable that a subgraph refused, never its value", () => {
    const schema = buildSchema(`
      input In { password: [String!] n: Int when: When }
      scalar When
      type Query { a(in: In): Int }
    `);
    Object.assign(schema.getType("When") ?? {}, {
      parseValue: () => {
        throw new GraphQLError("When cannot represent an invalid date-time-string hunter2.");
      },
    });
    const document = parse("query ($in: In) { a(in: $in) }");
    const { variableDefinitions = [] } = document.definitions[0] as OperationDefinitionNode;
    const messageOf = (value: unknown) => {
      const { errors = [] } = getVariableValues(schema, variableDefinitions, { in: value });
      const { message } = errors[0] ?? new Error("no error");
      return seen(fail("BAD_USER_INPUT", message)).message;
    };
    expect(messageOf({ password: ["a", { hunter2: 1 }] })).toBe(
      "in.password[1] is not a valid String.",
    );
    expect(messageOf({ n: 'hunter2" at "x"; y' })).toBe("in.n is not a valid Int.");
    expect(messageOf({ when: "hunter2" })).toBe("in.when is not a valid When.");
    expect(messageOf({ hunter2: 1 })).toBe("$in is not a valid value.");
  });
});

test("an error with retryAfterMs has a Retry-After header, in seconds", () => {
  const http = (retryAfterMs: number) =>
    withHttpStatus(fail("RATE_LIMITED", "x", { retryAfterMs })).extensions.http;
  const headers = (seconds: string) => new Map([["retry-after", seconds]]);
  expect(http(1)).toEqual({ status: 429, headers: headers("1") });
  expect(http(2_001)).toEqual({ status: 429, headers: headers("3") });
});

test("every code is sent with its HTTP status", () => {
  for (const [code, { httpStatus }] of Object.entries(ERROR_CODES)) {
    const error = new GraphQLError("x", { extensions: { code } });
    expect(withHttpStatus(error).extensions.http).toEqual({ status: httpStatus });
  }
});
