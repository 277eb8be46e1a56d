// Guarantees about where the tokens of cookies go.
import { buildSchema, type OperationDefinitionNode, parse } from "graphql";
import { expect, test } from "vitest";
import { withTokens } from "./variables.ts";

const schema = buildSchema(`
  type Query { a: Int }
  input Inner { token: String! name: String device: String }
  input Outer { inner: Inner list: [Inner!] token: String }
  type Mutation { refresh(input: Inner!): Int nest(input: Outer): Int }
`);
const marked = new Map([
  ["Inner.token", { name: "session" }],
  ["Inner.device", { name: "device" }],
]);

function filled(
  variables: Record<string, unknown>,
  declared = "$input: Inner!",
  tokens: Record<string, string> = { session: "t" },
) {
  const [operation] = parse(`mutation (${declared}) { a }`).definitions;
  return withTokens(schema, operation as OperationDefinitionNode, variables, {
    marked,
    tokenOf: (name) => tokens[name] ?? "",
  });
}

test("the token fills a marked field that is absent or empty, and keeps all others", () => {
  expect(filled({ input: {} })).toEqual({ input: { token: "t" } });
  expect(filled({ input: { token: "", name: "a" } })).toEqual({ input: { token: "t", name: "a" } });
  expect(filled({ input: { token: "own" } })).toEqual({ input: { token: "own" } });
  expect(filled({ input: { token: null } })).toEqual({ input: { token: null } });
  expect(filled({ input: {} }, "$input: Inner!", {})).toEqual({ input: { token: "" } });
});

test("each field gets the token of its name; without one, a field that is not required stays out", () => {
  const both = { session: "t", device: "d" };
  const inner = "$input: Inner!";
  expect(filled({ input: {} }, inner, both)).toEqual({ input: { token: "t", device: "d" } });
  expect(filled({ input: { device: "" } }, inner, both)).toEqual({
    input: { token: "t", device: "d" },
  });
  expect(filled({ input: { device: "own" } }, inner, both)).toEqual({
    input: { token: "t", device: "own" },
  });
  expect(filled({ input: {} }, inner, { device: "d" })).toEqual({
    input: { token: "", device: "d" },
  });
  expect(filled({ input: { device: "" } })).toEqual({ input: { token: "t", device: "" } });
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
