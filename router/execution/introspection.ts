// Answers introspection, wherever a document selects it: graphql-js does, over the schema for
// clients. Apollo's planner gets none of it, because it implements an older version.
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
import { isOnIntrospection } from "../document/introspection.ts";
import type { Operation, Variables } from "../document/operation.ts";

/** The answer of graphql-js for one field. The paths of errors begin with its response name. */
export interface Introspected {
  readonly value: unknown;
  readonly errors: readonly GraphQLError[];
}

export type Introspect = (variables: Variables) => Introspected;

/** Prepares the answer for the response name `key`, which all of these nodes have. */
export function introspectionOf(
  schema: GraphQLSchema,
  { document, definition }: Operation,
  key: string,
  nodes: readonly FieldNode[],
): Introspect {
  const fragments = document.definitions.filter(
    (node): node is FragmentDefinitionNode =>
      node.kind === Kind.FRAGMENT_DEFINITION && isOnIntrospection(node),
  );
  const used = new Set<string>();
  for (const node of [...nodes, ...fragments]) {
    visit(node, { Variable: ({ name }) => void used.add(name.value) });
  }
  const own: DocumentNode = {
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
    const { data, errors = [] } = executeSync({ schema, document: own, variableValues });
    return { value: data?.[key] ?? null, errors };
  };
}
