// What an operation will cost, by the IBM cost directives with Apollo's arithmetic, before it runs:
// an object costs 1 or its `@cost`, a list that of its items times the size that `@listSize` tells,
// an input object 1, a mutation 10 beside. What `@include` or `@skip` may leave out is not free.
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

/** What a field and its selections cost, as far as variables leave it open. */
export type Formula = number | ((variables: Variables) => number);

/** An argument that says how many items a list has. */
export interface PageArgument {
  readonly name: string;
  /** Null when it is neither given nor has a default. */
  readonly sizeOf: (variables: Variables) => number | null;
}

/** An operation whose cost depends on nothing but its variables. */
export interface CostedOperation {
  readonly estimate: (variables: Variables) => number;
  readonly pages: readonly PageArgument[];
}

export interface CostedSchema {
  readonly schema: GraphQLSchema;
  readonly marks: PolicyDirectives;
}

/** What an operation is compiled with. */
export interface Compiling extends CostedSchema {
  readonly fragments: Fragments;
}

interface Estimating extends Compiling {
  readonly pages: PageArgument[];
}

/** The size that a field gives to lists below it, by `sizedFields`. */
interface Sizing {
  readonly fields: readonly string[];
  readonly size: Formula;
}

type Definition = GraphQLField<unknown, unknown>;

/** Compiles an operation of a valid document, whose fragments must not double without end. */
export function costOperation(
  { schema, marks, fragments }: Compiling,
  operation: OperationDefinitionNode,
): CostedOperation {
  const compiling: Estimating = { schema, marks, fragments, pages: [] };
  const root = schema.getRootType(operation.operation) ?? undefined;
  const fields = compile(compiling, operation.selectionSet, root, null);
  const whole = sum([operation.operation === "mutation" ? MUTATION_COST : 0, fields]);
  return { estimate: (variables) => evaluate(whole, variables), pages: compiling.pages };
}

function compile(
  compiling: Estimating,
  { selections }: SelectionSetNode,
  parent: GraphQLNamedType | undefined,
  sizing: Sizing | null,
): Formula {
  const parts = selections.map((selection): Formula => {
    if (selection.kind === Kind.FIELD) return compileField(compiling, selection, parent, sizing);
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : compiling.fragments.get(selection.name.value);
    if (!fragment) return 0;
    const type = fragment.typeCondition?.name.value;
    const own = type === undefined ? parent : compiling.schema.getType(type);
    return compile(compiling, fragment.selectionSet, own, sizing);
  });
  return sum(parts);
}

function compileField(
  compiling: Estimating,
  node: FieldNode,
  parent: GraphQLNamedType | undefined,
  sizing: Sizing | null,
): Formula {
  const field = definitionOf(node, parent);
  if (!field || !parent) return 0;
  const coordinate = `${parent.name}.${field.name}`;
  const listSize = compiling.marks.listSizes.get(coordinate);
  const ownSize = listSize ? sizeBy(compiling, listSize, field, node) : PAGE_DEFAULT;
  const inside = node.selectionSet
    ? compile(compiling, node.selectionSet, getNamedType(field.type), {
        fields: listSize?.sizedFields ?? [],
        size: ownSize,
      })
    : 0;
  const item = sum([weightOf(compiling, coordinate, field.type), inside]);
  const isSized = sizing?.fields.includes(field.name) === true;
  const size = isSized ? sizing.size : ownSize;
  const fields = isListType(getNullableType(field.type)) ? times(size, item) : item;
  return sum([fields, argumentsCost(compiling, coordinate, field, node)]);
}

/** Null for introspection, which costs nothing but its own limits. */
export function definitionOf(
  { name: { value } }: FieldNode,
  parent: GraphQLNamedType | undefined,
): Definition | null {
  const hasFields = isObjectType(parent) || isInterfaceType(parent);
  return (hasFields && parent.getFields()[value]) || null;
}

/** The greatest of the sizes that are given or default, else the assumed one. */
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

/** The number in an argument. An explicit null means what leaving the argument out means. */
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

/** What the arguments of a field cost. */
export function argumentsCost(
  { marks }: Compiling,
  coordinate: string,
  field: Definition,
  node: FieldNode,
): Formula {
  if (!node.arguments?.length || isInputFree(marks, coordinate, field)) return 0;
  return folded(node, (variables) =>
    inputCost(marks, coordinate, field, getArgumentValues(field, node, variables)),
  );
}

/** A formula of a field's arguments, computed at once when they hold no variable. */
function folded(node: FieldNode, formula: (variables: Variables) => number): Formula {
  return node.arguments?.some(({ value }) => isOpen(value)) ? formula : formula({});
}

function isOpen(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(isOpen);
  if (value.kind === Kind.OBJECT) return value.fields.some((field) => isOpen(field.value));
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
