// Guarantees about where the token of a cookie goes.
import { buildSchema, type OperationDefinitionNode, parse } from "graphql";
import { expect, test } from "vitest";
import { withToken } from "./variables.ts";

const schema = buildSchema(`
  type Query { a: Int }
  input Inner { token: String! name: String }
  input Outer { inner: Inner list: [Inner!] token: String }
  type Mutation { refresh(input: Inner!): Int nest(input: Outer): Int }
`);
const marked = new Set(["Inner.token"]);

function filled(variables: Record<string, unknown>, declared = "$input: Inner!", token = "t") {
  const [operation] = parse(`mutation (${declared}) { a }`).definitions;
  return withToken(schema, operation as OperationDefinitionNode, variables, { marked, token });
}

test("the token fills a marked field that is absent or empty, and keeps all others", () => {
  expect(filled({ input: {} })).toEqual({ input: { token: "t" } });
  expect(filled({ input: { token: "", name: "a" } })).toEqual({ input: { token: "t", name: "a" } });
  expect(filled({ input: { token: "own" } })).toEqual({ input: { token: "own" } });
  expect(filled({ input: { token: null } })).toEqual({ input: { token: null } });
  expect(filled({ input: {} }, "$input: Inner!", "")).toEqual({ input: { token: "" } });
});

test("it goes into nested objects and lists", () => {
  const input = { inner: {}, list: [{ name: "a" }, { token: "b" }], token: "" };
  expect(filled({ input }, "$input: Outer")).toEqual({
    input: { inner: { token: "t" }, list: [{ name: "a", token: "t" }, { token: "b" }], token: "" },
  });
});

test("it goes into nothing that is no input object: a variable that is missing or wrong stays so", () => {
  for (const variables of [{}, { input: null }, { input: "x" }, { input: [{}] }, { other: {} }]) {
    expect(filled(variables)).toEqual(variables);
  }
  expect(filled({ input: {} }, "$input: Unknown")).toEqual({ input: {} });
});

test("the client's objects stay as they were", () => {
  const variables = { input: {} };
  filled(variables);
  expect(variables).toEqual({ input: {} });
});
