// Guarantees about the check of variables: it is as strict as graphql-js, and its messages contain
// no secret and no long value.
import { buildSchema, getVariableValues, type OperationDefinitionNode, parse } from "graphql";
import { describe, expect, test } from "vitest";
import { variableViolations } from "./variables.ts";

const schema = buildSchema(/* GraphQL */ `
  directive @oneOf on INPUT_OBJECT
  enum Role {
    USER
    ADMIN
  }
  input Key @oneOf {
    id: ID
    name: String
  }
  input In {
    text: String!
    count: Int! = 1
    role: Role
    tags: [String!]
    grid: [[Int]]
    password: String
    key: Key
    deeper: In
  }
  type Query {
    a(input: In, n: Int, s: String): Int
  }
`);

const document = parse(
  "query ($input: In!, $n: Int! = 3, $s: [String]) { a(input: $input, n: $n) }",
);
const operation = document.definitions[0] as OperationDefinitionNode;
const violations = (variables: Record<string, unknown>) =>
  variableViolations(schema, operation, variables, 5);
const fields = (variables: Record<string, unknown>) => violations(variables).map((v) => v.field);

describe("variables are refused exactly when graphql-js refuses them:", () => {
  const nested = { text: "a", deeper: { text: "b", deeper: { text: 1 } } };
  test.each<[string, Record<string, unknown>]>([
    ["no variables", {}],
    ["null for a non-null variable", { input: null }],
    ["an empty text", { input: { text: "" } }],
    ["a variable left to its default", { input: { text: "a" } }],
    ["null for a variable with a default", { input: { text: "a" }, n: null }],
    ["null for a field with a default", { input: { text: "a", count: null } }],
    ["a number for a text", { input: { text: 5 } }],
    ["a fraction for an Int", { input: { text: "a", count: 1.5 } }],
    ["an Int beyond 32 bits", { input: { text: "a", count: 2 ** 31 } }],
    ["a value of an enum", { input: { text: "a", role: "USER" } }],
    ["an unknown value of an enum", { input: { text: "a", role: "ROOT" } }],
    ["one item for a list", { input: { text: "a", tags: "x" } }],
    ["null in a list of non-null items", { input: { text: "a", tags: ["x", null] } }],
    ["a list of lists", { input: { text: "a", grid: [[1], [null], null, 2] } }],
    ["a text in a list of lists", { input: { text: "a", grid: [["1"]] } }],
    ["an unknown field", { input: { text: "a", tex: "b" } }],
    ["an inherited name", { input: { text: "a", constructor: 1 } }],
    ["a list for an object", { input: [] }],
    ["a text for an object", { input: "a" }],
    ["one field of a @oneOf input", { input: { text: "a", key: { id: "1" } } }],
    ["two fields of a @oneOf input", { input: { text: "a", key: { id: "1", name: "b" } } }],
    ["no field of a @oneOf input", { input: { text: "a", key: {} } }],
    [
      "a field and a null of a @oneOf input",
      { input: { text: "a", key: { id: "1", name: null } } },
    ],
    ["a mistake deep inside", { input: nested }],
    ["an unknown variable", { input: { text: "a" }, other: 1 }],
  ])("%s", (_what, variables) => {
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    expect(violations(variables).length > 0).toBe(errors !== undefined);
  });
});

describe("a violation", () => {
  test("has the path of the wrong value", () => {
    expect(fields({ input: { text: "a", tags: ["x", 1], deeper: { text: 2 } }, n: "3" })).toEqual([
      "input.tags[1]",
      "input.deeper.text",
      "n",
    ]);
  });

  test("never repeats a secret, and shortens a long value", () => {
    const long = "y".repeat(5_000);
    const found = violations({
      input: { text: { a: 1 }, password: 4711, role: long, [long]: 1 },
    });
    expect(JSON.stringify(found)).not.toMatch(/4711|y{100}/);
    expect(found).toHaveLength(4);
  });

  test("is one of at most five", () => {
    expect(violations({ input: { text: "a", tags: Array(1_000).fill(1) } })).toHaveLength(5);
  });
});
