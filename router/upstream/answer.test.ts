// Guarantees about reading the response of a subgraph.
import { describe, expect, test } from "vitest";
import { readAnswer } from "./answer.ts";

const read = (body: unknown, status = 200) =>
  readAnswer({ status, text: typeof body === "string" ? body : JSON.stringify(body) });

describe("an answer is", () => {
  test("data, errors, or both, with any status and any other keys", () => {
    const errors = [{ message: "no" }];
    expect(read({ data: { a: 1 }, extensions: { ftv1: "x" } })).toEqual({ data: { a: 1 } });
    expect(read({ data: null, errors })).toEqual({ data: null, errors });
    expect(
      read({ errors: [{ message: "no", path: ["a", 0], extensions: {} }] }, 500).data,
    ).toBeNull();
    expect(read({ data: { a: null }, errors: [] })).toEqual({ data: { a: null } });
  });

  test.each<[string, unknown, number]>([
    ["empty", "", 200],
    ["HTML", "<p>", 502],
    ["a list", [], 200],
    ["null", null, 200],
    ["an object without data and errors", {}, 200],
    ["null without a reason", { data: null }, 200],
    ["a list as data", { data: [] }, 200],
    ["an error without a message", { errors: [{}] }, 200],
    ["an error whose path is a text", { errors: [{ message: "x", path: "a" }] }, 200],
    ["a refusal of the router itself", { errors: [{ message: "x" }] }, 401],
  ])("none when it is %s", (_what, body, status) => {
    expect(() => read(body, status)).toThrow();
  });
});
