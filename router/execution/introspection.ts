// Questions about the schema itself, `__schema` and `__type`, wherever a document asks them. They
// are answered by graphql-js over the schema that clients see, and the planner never hears of them:
// it knows an older introspection.
// https://spec.graphql.org/October2021/#sec-Schema-Introspection
import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  visit,
} from "graphql";
import type { Variables } from "../policy/cost.ts";
import type { Operation } from "./plan.ts";

/** What graphql-js answers to one field; the paths of errors begin with its response name. */
export interface Introspected {
  readonly value: unknown;
  readonly errors: readonly GraphQLError[];
}

export type Introspect = (variables: Variables) => Introspected;

const FIELDS: readonly string[] = ["__schema", "__type"];

/** Only the query type has such fields, and no other field may begin with two underscores. */
export function isIntrospection({ name }: FieldNode): boolean {
  return FIELDS.includes(name.value);
}

/** Fragments on the types of introspection are spread in its fields alone. */
export function isOfIntrospection({ typeCondition }: FragmentDefinitionNode): boolean {
  return typeCondition.name.value.startsWith("__");
}

/** Prepares the answer to one field of introspection, which all of these nodes are. */
export function introspectionOf(
  schema: GraphQLSchema,
  { document, definition }: Operation,
  key: string,
  nodes: readonly FieldNode[],
): Introspect {
  const fragments = document.definitions.filter(
    (node): node is FragmentDefinitionNode =>
      node.kind === Kind.FRAGMENT_DEFINITION && isOfIntrospection(node),
  );
  const used = new Set<string>();
  for (const node of [...nodes, ...fragments]) {
    visit(node, { Variable: ({ name }) => void used.add(name.value) });
  }
  const asked: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        kind: Kind.OPERATION_DEFINITION,
        operation: OperationTypeNode.QUERY,
        variableDefinitions: (definition.variableDefinitions ?? []).filter(({ variable }) =>
          used.has(variable.name.value),
        ),
        selectionSet: { kind: Kind.SELECTION_SET, selections: nodes },
      },
      ...fragments,
    ],
  };
  return (variableValues) => {
    const { data, errors = [] } = executeSync({ schema, document: asked, variableValues });
    return { value: data?.[key] ?? null, errors };
  };
}
