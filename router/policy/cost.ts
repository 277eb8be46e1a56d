// Estimates the cost of an operation before it runs, by the IBM cost directives as Apollo computes
// them: 1 or `@cost` for an object, items times `@listSize` for a list, 1 for an input object, and
// 10 more for a mutation. A selection with `@include` or `@skip` counts in full.
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import { PAGE_DEFAULT } from "#kit/data/pagination";
import type { Fragments } from "../document/fragments.ts";
import type { Variables } from "../document/operation.ts";
import type { ListSize, PolicyDirectives } from "./directives.ts";
import { inputCost, isInputFree, weightOf } from "./weights.ts";

export const MUTATION_COST = 10;

/** The cost of a selection: a number, or a function if it depends on variables. */
export type Formula = number | ((variables: Variables) => number);

/** An argument that gives the size of a list. */
export interface PageArgument {
  readonly name: string;
  /** Null if it has no value and no default. */
  readonly sizeOf: (variables: Variables) => number | null;
}

export interface CostedOperation {
  readonly estimate: (variables: Variables) => number;
  readonly pages: readonly PageArgument[];
}

export interface CostedSchema {
  readonly schema: GraphQLSchema;
  readonly directives: PolicyDirectives;
}

export interface CostOptions extends CostedSchema {
  readonly fragments: Fragments;
}

interface Estimating extends CostOptions {
  readonly pages: PageArgument[];
}

/** The size that `sizedFields` of a field gives to lists below it. */
interface Sizing {
  readonly fields: readonly string[];
  readonly size: Formula;
}

type Definition = GraphQLField<unknown, unknown>;

/** Compiles an operation of a valid document that is within the limits of measure.ts. */
export function costOperation(
  { schema, directives, fragments }: CostOptions,
  operation: OperationDefinitionNode,
): CostedOperation {
  const estimating: Estimating = { schema, directives, fragments, pages: [] };
  const root = schema.getRootType(operation.operation) ?? undefined;
  const fields = compile(estimating, operation.selectionSet, root, null);
  const whole = sum([operation.operation === "mutation" ? MUTATION_COST : 0, fields]);
  return { estimate: (variables) => evaluate(whole, variables), pages: estimating.pages };
}

function compile(
  estimating: Estimating,
  { selections }: SelectionSetNode,
  parent: GraphQLNamedType | undefined,
  sizing: Sizing | null,
): Formula {
  const parts = selections.map((selection): Formula => {
    if (selection.kind === Kind.FIELD) return compileField(estimating, selection, parent, sizing);
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : estimating.fragments.get(selection.name.value);
    if (!fragment) return 0;
    const type = fragment.typeCondition?.name.value;
    const own = type === undefined ? parent : estimating.schema.getType(type);
    return compile(estimating, fragment.selectionSet, own, sizing);
  });
  return sum(parts);
}

function compileField(
  estimating: Estimating,
  node: FieldNode,
  parent: GraphQLNamedType | undefined,
  sizing: Sizing | null,
): Formula {
  const field = definitionOf(node, parent);
  if (!field || !parent) return 0;
  const coordinate = `${parent.name}.${field.name}`;
  const listSize = estimating.directives.listSizes.get(coordinate);
  const ownSize = listSize ? sizeBy(estimating, listSize, field, node) : PAGE_DEFAULT;
  const inside = node.selectionSet
    ? compile(estimating, node.selectionSet, getNamedType(field.type), {
        fields: listSize?.sizedFields ?? [],
        size: ownSize,
      })
    : 0;
  const item = sum([weightOf(estimating, coordinate, field.type), inside]);
  const isSized = sizing?.fields.includes(field.name) === true;
  const size = isSized ? sizing.size : ownSize;
  const fields = isListType(getNullableType(field.type)) ? times(size, item) : item;
  return sum([fields, argumentsCost(estimating, coordinate, field, node)]);
}

/** Null for introspection: it has limits of its own and no cost. */
export function definitionOf(
  { name: { value } }: FieldNode,
  parent: GraphQLNamedType | undefined,
): Definition | null {
  const hasFields = isObjectType(parent) || isInterfaceType(parent);
  return (hasFields && parent.getFields()[value]) || null;
}

/** The greatest value of the slicing arguments; without any, the assumed size. */
function sizeBy(
  { pages }: Estimating,
  { slicingArguments, assumedSize }: ListSize,
  field: Definition,
  node: FieldNode,
): Formula {
  const assumed = assumedSize ?? PAGE_DEFAULT;
  const names = slicingArguments ?? [];
  if (names.length === 0) return assumed;
  const own = names.map((name) => ({ name, sizeOf: sizeIn(field, node, name) }));
  pages.push(...own);
  return folded(node, (variables) => {
    const sizes = own.map(({ sizeOf }) => sizeOf(variables)).filter((size) => size !== null);
    return sizes.length > 0 ? Math.max(0, ...sizes) : assumed;
  });
}

/** The number in an argument. An explicit null counts as an absent argument. */
function sizeIn({ args }: Definition, node: FieldNode, name: string): PageArgument["sizeOf"] {
  const numberIn = (value: unknown) => (typeof value === "number" ? value : null);
  const preset = numberIn(args.find((arg) => arg.name === name)?.defaultValue);
  const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
  if (given?.kind === Kind.VARIABLE) {
    const variable = given.name.value;
    return (variables) => numberIn(variables[variable]) ?? preset;
  }
  const size = given?.kind === Kind.INT ? Number(given.value) : preset;
  return () => size;
}

/** The cost of the arguments of a field. */
export function argumentsCost(
  { directives }: CostOptions,
  coordinate: string,
  field: Definition,
  node: FieldNode,
): Formula {
  if (!node.arguments?.length || isInputFree(directives, coordinate, field)) return 0;
  return folded(node, (variables) =>
    inputCost(directives, coordinate, field, getArgumentValues(field, node, variables)),
  );
}

/** A formula over a field's arguments. It is computed now if they contain no variable. */
function folded(node: FieldNode, formula: (variables: Variables) => number): Formula {
  return node.arguments?.some(({ value }) => hasVariable(value)) ? formula : formula({});
}

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  if (value.kind === Kind.OBJECT) return value.fields.some((field) => hasVariable(field.value));
  return value.kind === Kind.VARIABLE;
}

export function evaluate(formula: Formula, variables: Variables): number {
  return typeof formula === "number" ? formula : formula(variables);
}

function sum(formulas: readonly Formula[]): Formula {
  const open: Exclude<Formula, number>[] = [];
  let known = 0;
  for (const each of formulas) {
    if (typeof each === "number") known += each;
    else open.push(each);
  }
  if (open.length === 0) return known;
  return (variables) => open.reduce((total, each) => total + each(variables), known);
}

function times(size: Formula, item: Formula): Formula {
  if (typeof size === "number" && typeof item === "number") return size * item;
  return (variables) => evaluate(size, variables) * evaluate(item, variables);
}
