// What an answer cost, by the arithmetic of the estimate and the lists as they came: what is null
// or was left out costs nothing. It is computed only for who asks.
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  getArgumentValues,
  getNamedType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { type CostedSchema, definitionOf, MUTATION_COST, type Variables } from "./cost.ts";
import { inputCost, weightOf } from "./weights.ts";

interface Answered extends CostedSchema {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Variables;
}

/** The selections of one response key of an object, and the type that has the field. */
interface Selected {
  readonly parent: GraphQLNamedType;
  readonly nodes: FieldNode[];
}

/** The cost of `data`, which answers `operation`. */
export function actualCost(
  answered: Answered,
  operation: OperationDefinitionNode,
  data: unknown,
): number {
  const root = answered.schema.getRootType(operation.operation) ?? undefined;
  const own = operation.operation === "mutation" ? MUTATION_COST : 0;
  return own + objectCost(answered, [operation.selectionSet], root, data);
}

function objectCost(
  answered: Answered,
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLNamedType | undefined,
  data: unknown,
): number {
  if (typeof data !== "object" || data === null) return 0;
  const selected = new Map<string, Selected>();
  for (const each of selectionSets) collect(answered, each, type, selected);
  let cost = 0;
  for (const [key, { parent, nodes }] of selected) {
    const value: unknown = Object.hasOwn(data, key) ? Reflect.get(data, key) : undefined;
    if (value !== undefined) cost += fieldCost(answered, parent, nodes, value);
  }
  return cost;
}

/** By response key; where types differ, the selection of the first stands for all. */
function collect(
  answered: Answered,
  { selections }: SelectionSetNode,
  parent: GraphQLNamedType | undefined,
  selected: Map<string, Selected>,
): void {
  for (const node of selections) {
    if (node.kind !== Kind.FIELD) {
      const isInline = node.kind === Kind.INLINE_FRAGMENT;
      const fragment = isInline ? node : answered.fragments.get(node.name.value);
      const type = fragment?.typeCondition?.name.value;
      const own = type === undefined ? parent : answered.schema.getType(type);
      if (fragment) collect(answered, fragment.selectionSet, own, selected);
      continue;
    }
    const key = (node.alias ?? node.name).value;
    const known = selected.get(key);
    if (known) known.nodes.push(node);
    else if (parent) selected.set(key, { parent, nodes: [node] });
  }
}

function fieldCost(
  answered: Answered,
  parent: GraphQLNamedType,
  nodes: readonly FieldNode[],
  value: unknown,
): number {
  const [node] = nodes;
  const field = node && definitionOf(node, parent);
  if (!node || !field) return 0;
  const coordinate = `${parent.name}.${field.name}`;
  const weight = weightOf(answered, coordinate, field.type);
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const type = getNamedType(field.type);
  const valueCost = (each: unknown): number => {
    if (each === null) return 0;
    if (Array.isArray(each)) return each.reduce<number>((sum, item) => sum + valueCost(item), 0);
    return weight + objectCost(answered, sets, type, each);
  };
  const given = getArgumentValues(field, node, answered.variables);
  return valueCost(value) + inputCost(answered.marks, coordinate, field, given);
}
