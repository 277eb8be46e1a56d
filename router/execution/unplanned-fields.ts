// Finds fields that the planner left out without an error. It does so only below an interface that
// no type implements: it drops the fields that the first subgraph does not have.
import type { PlanNode, SubscriptionNode } from "@apollo/query-planner";
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from "graphql";
import { type Fragments, fragmentsOf } from "../document/fragments.ts";
import { responseName } from "../document/names.ts";
import { EVERY_ITEM } from "./data.ts";

type Node = PlanNode | SubscriptionNode | undefined;

/** The first field of an operation that its plan should fetch and does not, as `Type.field`. */
export type FindUnplanned = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  plan: Node,
) => string | null;

export function createFindUnplanned(schema: GraphQLSchema): FindUnplanned {
  const hasNoObjects = (type: GraphQLNamedType) =>
    isInterfaceType(type) && schema.getPossibleTypes(type).length === 0;
  if (!Object.values(schema.getTypeMap()).some(hasNoObjects)) return () => null;
  return (document, operation, plan) => {
    const root = schema.getRootType(operation.operation);
    if (!root) return null;
    const fragments = fragmentsOf(document);
    const fetched = new Set(fetchedPaths(plan, []));
    return unplanned(operation.selectionSet, root, []);

    function unplanned(
      set: SelectionSetNode,
      type: GraphQLNamedType,
      above: readonly string[],
    ): string | null {
      for (const { node, on } of fieldsIn(set, fragments, null)) {
        const parent = (on && schema.getType(on)) || type;
        const path = [...above, responseName(node)];
        const name = node.name.value;
        const field =
          isInterfaceType(parent) || isObjectType(parent) ? parent.getFields()[name] : null;
        if (!field) continue;
        if (hasNoObjects(parent) && !fetched.has(path.join("."))) return `${parent.name}.${name}`;
        const below =
          node.selectionSet && unplanned(node.selectionSet, getNamedType(field.type), path);
        if (below) return below;
      }
      return null;
    }
  };
}

/** The paths of all fields that a plan fetches, whatever their types. */
function fetchedPaths(node: Node, route: readonly string[]): string[] {
  switch (node?.kind) {
    case "Sequence":
    case "Parallel":
      return node.nodes.flatMap((each) => fetchedPaths(each, route));
    case "Flatten": {
      const own = node.path.map(String).filter((step) => step !== EVERY_ITEM);
      return fetchedPaths(node.node, [...route, ...own]);
    }
    case "Subscription":
      return [...fetchedPaths(node.primary, route), ...fetchedPaths(node.rest, route)];
    case "Fetch":
      return pathsOf(node.operation, node.requires ? 1 : 0).map((path) =>
        [...route, ...path].join("."),
      );
    default:
      return [];
  }
}

/** The paths of all fields of a fetch, without their first `levels` steps. */
function pathsOf(request: string, levels: number): string[][] {
  const document = parse(request, { noLocation: true });
  const fragments = fragmentsOf(document);
  const paths = (set: SelectionSetNode | undefined, above: readonly string[]): string[][] =>
    fieldsIn(set, fragments, null).flatMap(({ node }) => {
      const path = [...above, responseName(node)];
      return [path, ...paths(node.selectionSet, path)];
    });
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? paths(definition.selectionSet, []).map((path) => path.slice(levels))
      : [],
  );
}

interface FieldOn {
  readonly node: FieldNode;
  /** The type condition of the fragment around it. */
  readonly on: string | null;
}

function fieldsIn(
  set: SelectionSetNode | undefined,
  fragments: Fragments,
  on: string | null,
): FieldOn[] {
  return (set?.selections ?? []).flatMap((node): FieldOn[] => {
    if (node.kind === Kind.FIELD) return [{ node, on }];
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
    const condition = fragment?.typeCondition?.name.value ?? on;
    return fieldsIn(fragment?.selectionSet, fragments, condition);
  });
}
