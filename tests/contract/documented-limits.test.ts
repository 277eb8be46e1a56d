// Guarantees about the limits of operations: the documents say them as they are, and what we ship
// passes them with default pages.
import { readFileSync } from "node:fs";
import { Supergraph } from "@apollo/federation-internals";
import {
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isRequiredInputField,
  Kind,
  type OperationDefinitionNode,
  parse,
  typeFromAST,
} from "graphql";
import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../router/limits/limits.ts";
import { DEFAULT_RATES } from "../../router/limits/rates.ts";
import { createGuard } from "../../router/policy/guard.ts";
import { withoutPurposes } from "../../router/supergraph/links.ts";
import { operation, operationNames } from "../../schema/operations.ts";
import { projectFile } from "./project.ts";

const read = (path: string) => readFileSync(projectFile(path), "utf8");

it("docs/limits.md lists every limit with its default", () => {
  const rows = [...read("docs/limits.md").matchAll(/^\| `(\w+)` \| (\d+) \|/gm)];
  expect(rows.map(([, name, most]) => [name, Number(most)])).toEqual(
    Object.entries(DEFAULT_LIMITS),
  );
});

it("ARCHITECTURE.md lists every rate", () => {
  const row = /^\| `(\w+)` \| [^|]+ \| (\d+) \| (\d+) \|/gm;
  const rows = [...read("docs/limits.md").matchAll(row)].map(([, name, burst, perMinute]) => [
    name,
    { burst: Number(burst), perMinute: Number(perMinute) },
  ]);
  expect(rows).toEqual(Object.entries(DEFAULT_RATES));
});

describe("within the limits, with default pages, is", () => {
  const composed = Supergraph.build(withoutPurposes(parse(read("schema/supergraph.graphql"))));
  const apiSchema = composed.apiSchema().toGraphQLJSSchema();
  const fullSchema = composed.schema.toGraphQLJSSchema();
  const guard = createGuard({ apiSchema, fullSchema }, DEFAULT_LIMITS);

  it.each(operationNames())("%s", (operationName) => {
    const document = parse(operation(operationName));
    expect(guard.judgeDocument(document)).toBeNull();
    const node = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
    const variables = node ? variablesOf(node) : {};
    const asked = { document, operation: node, operationName, variables, canStream: true };
    expect(guard.judgeOperation(asked)).toMatchObject({ kind: "admitted" });
  });

  it("but not the widest operation with pages of 100", () => {
    const document = parse(operation("Home"));
    const node = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
    const variables = { first: 100 };
    const asked = { document, operation: node, operationName: "Home", variables, canStream: true };
    expect(guard.judgeOperation(asked)).toMatchObject({
      kind: "refused",
      error: { extensions: { limit: "cost" } },
    });
  });

  /** Some value for each variable that must have one. */
  function variablesOf({ variableDefinitions = [] }: OperationDefinitionNode) {
    return Object.fromEntries(
      variableDefinitions.flatMap(({ variable, type }) => {
        const known = typeFromAST(apiSchema, type as Parameters<typeof typeFromAST>[1]);
        if (type.kind !== Kind.NON_NULL_TYPE || !isInputType(known)) return [];
        return [[variable.name.value, someOf(known)] as const];
      }),
    );
  }
});

function someOf(type: GraphQLInputType): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [someOf(nullable.ofType)];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (isInputObjectType(nullable)) {
    const needed = Object.values(nullable.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(needed.map((field) => [field.name, someOf(field.type)]));
  }
  const values: Readonly<Record<string, unknown>> = { Int: 1, Float: 1, Boolean: true };
  return values[nullable.name] ?? "2030-01-01T00:00:00Z";
}
