// The guarantee about whole answers: for any schema, document and data, with nulls in non-null
// fields too, a client gets the same as from graphql-js.
import fc from "fast-check";
import {
  buildSchema,
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  parse,
  printSchema,
  validate,
  visit,
} from "graphql";
import { expect, test } from "vitest";
import {
  type Choose,
  type RandomObject,
  randomDocument,
  randomSchema,
  randomValue,
} from "../../tests/kit/random-graph.ts";
import { isIncluded } from "../document/conditions.ts";
import { fragmentsOf } from "../document/fragments.ts";
import { isData } from "./data.ts";
import { fill } from "./fill.ts";
import { introspectionOf } from "./introspection.ts";
import { createNames, renamed } from "./planner-names.ts";
import { shapeOf } from "./shape.ts";

interface Case {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: { readonly x: boolean; readonly y: boolean };
}

/** Null if the random document is not valid. */
function caseOf(choose: Choose): Case | null {
  const schema = randomSchema(choose);
  const document = parse(randomDocument(choose, schema));
  const variables = { x: choose(1) === 1, y: choose(1) === 1 };
  return validate(schema, document).length > 0 ? null : { schema, document, variables };
}

const nameOf = createNames(parse("type Query { n: ID }"));

/** The type of a field in the original schema, also while the lenient copy is executed. */
function typeOf(schema: GraphQLSchema, parent: string, field: string): GraphQLOutputType {
  const type = schema.getType(parent);
  const definition = isObjectType(type) ? type.getFields()[field] : undefined;
  if (!definition) throw new Error(`no ${parent}.${field}`);
  return definition.type;
}

function run(
  { schema, variables }: Case,
  document: DocumentNode,
  executed: GraphQLSchema,
): ExecutionResult {
  return executeSync({
    schema: executed,
    document,
    variableValues: variables,
    rootValue: { __typename: "Query", seed: "" },
    typeResolver: ({ __typename }: RandomObject) => __typename,
    fieldResolver: ({ seed }: RandomObject, _args, _context, { parentType, fieldName }) =>
      randomValue(schema, typeOf(schema, parentType.name, fieldName), `${seed}.${fieldName}`, true),
  });
}

/** The data as subgraphs send it: by the engine's names, with each `__typename`, and with nulls. */
function rawDataOf(each: Case) {
  const document = visit(renamed(each.document, nameOf), {
    SelectionSet: {
      leave: (node) => ({ ...node, selections: [...node.selections, TYPENAME] }),
    },
  });
  const lenient = buildSchema(printSchema(each.schema).replaceAll("!", ""));
  const { data, errors } = run(each, document, lenient);
  expect(errors).toBeUndefined();
  return JSON.parse(JSON.stringify(data));
}

const TYPENAME = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } } as const;

function filled(each: Case): ExecutionResult {
  const { schema, document, variables } = each;
  const [definition] = document.definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error("no operation");
  const shaping = {
    schema,
    fragments: fragmentsOf(document),
    nameOf,
    introspect: (key: string, nodes: readonly FieldNode[]) =>
      introspectionOf(schema, { document, definition }, key, nodes),
    isIncluded: (node: Parameters<typeof isIncluded>[0]) => isIncluded(node, variables),
  };
  const data = rawDataOf(each);
  if (!isData(data)) throw new Error("no data");
  return fill(shapeOf(shaping, definition), { data, errors: [], missing: new Set(), variables });
}

/** A text, because it has the order of keys, and `__proto__` as a key. */
const textOf = ({ data }: ExecutionResult) => JSON.stringify(data);
const pathsOf = ({ errors = [] }: ExecutionResult) => errors.map(({ path }) => path?.join("."));

test("an answer equals that of graphql-js for the same data, with errors at the same paths", () => {
  const seen = { whole: 0, broken: 0, empty: 0 };
  const holds = fc.property(fc.infiniteStream(fc.nat()), (choices) => {
    const each = caseOf((most) => Number(choices.next().value) % (most + 1));
    if (!each) return;
    const expected = run(each, each.document, each.schema);
    const actual = filled(each);
    expect(textOf(actual)).toBe(textOf(expected));
    // graphql-js stops at the first item that makes a list null.
    expect(pathsOf(actual)).toEqual(expect.arrayContaining(pathsOf(expected)));
    expect(pathsOf(actual).length > 0).toBe(pathsOf(expected).length > 0);
    if (expected.data === null) seen.empty += 1;
    else if (expected.errors) seen.broken += 1;
    else seen.whole += 1;
  });
  fc.assert(holds, { numRuns: 400 });
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(10);
}, 30_000);
