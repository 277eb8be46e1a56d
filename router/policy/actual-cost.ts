// The actual cost of an answer: the formula of the estimate, with the lists as long as they are.
// Nulls and fields that conditions left out cost nothing. An operation is compiled once.
import {
  type FieldNode,
  type GraphQLNamedType,
  getNamedType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import type { Variables } from "../document/operation.ts";
import {
  argumentsCost,
  type CostOptions,
  definitionOf,
  evaluate,
  type Formula,
  MUTATION_COST,
} from "./cost.ts";
import { weightOf } from "./weights.ts";

/** The cost of data that answer an operation with these variables. */
export type ActualCost = (variables: Variables, data: unknown) => number;

/** The selections of one response name, and the type that has the field. */
interface Selected {
  readonly parent: GraphQLNamedType;
  readonly nodes: FieldNode[];
}

/** The cost of each value under one response name, for any type of the object around it. */
interface Weighed {
  readonly key: string;
  readonly weight: number;
  readonly input: Formula;
  readonly below: readonly Weighed[];
}

/** Compiles an operation of a valid document that is within the limits of measure.ts. */
export function actualCostOf(options: CostOptions, operation: OperationDefinitionNode): ActualCost {
  const root = options.schema.getRootType(operation.operation) ?? undefined;
  const own = operation.operation === "mutation" ? MUTATION_COST : 0;
  const fields = weigh(options, [operation.selectionSet], root);
  return (variables, data) => own + objectCost(fields, variables, data);
}

function weigh(
  options: CostOptions,
  selectionSets: readonly SelectionSetNode[],
  type: GraphQLNamedType | undefined,
): Weighed[] {
  const selected = new Map<string, Selected>();
  for (const each of selectionSets) collect(options, each, type, selected);
  return [...selected].flatMap(([key, { parent, nodes }]) => {
    const [node] = nodes;
    const field = node && definitionOf(node, parent);
    if (!node || !field) return [];
    const coordinate = `${parent.name}.${field.name}`;
    const weight = weightOf(options, coordinate, field.type);
    const input = argumentsCost(options, coordinate, field, node);
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const below = weigh(options, sets, getNamedType(field.type));
    const isFree = weight === 0 && input === 0 && below.length === 0;
    return isFree ? [] : [{ key, weight, input, below }];
  });
}

/** By response name. If the types around it differ, the first selection counts for all. */
function collect(
  options: CostOptions,
  { selections }: SelectionSetNode,
  parent: GraphQLNamedType | undefined,
  selected: Map<string, Selected>,
): void {
  for (const node of selections) {
    if (node.kind !== Kind.FIELD) {
      const isInline = node.kind === Kind.INLINE_FRAGMENT;
      const fragment = isInline ? node : options.fragments.get(node.name.value);
      const type = fragment?.typeCondition?.name.value;
      const own = type === undefined ? parent : options.schema.getType(type);
      if (fragment) collect(options, fragment.selectionSet, own, selected);
      continue;
    }
    const key = (node.alias ?? node.name).value;
    const known = selected.get(key);
    if (known) known.nodes.push(node);
    else if (parent) selected.set(key, { parent, nodes: [node] });
  }
}

function objectCost(fields: readonly Weighed[], variables: Variables, data: unknown): number {
  if (typeof data !== "object" || data === null) return 0;
  let cost = 0;
  for (const field of fields) {
    if (!Object.hasOwn(data, field.key)) continue;
    const value: unknown = Reflect.get(data, field.key);
    cost += evaluate(field.input, variables) + valueCost(field, variables, value);
  }
  return cost;
}

function valueCost(field: Weighed, variables: Variables, value: unknown): number {
  if (value === null) return 0;
  if (!Array.isArray(value)) return field.weight + objectCost(field.below, variables, value);
  let cost = 0;
  for (const item of value) cost += valueCost(field, variables, item);
  return cost;
}
