// The arithmetic of cost that estimates and answers share: what one object of a type weighs, and
// what the arguments of a field do.
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import type { PolicyDirectives } from "./directives.ts";

/** What one value of a field weighs by itself: for an abstract type, its heaviest object. */
export function weightOf(
  { schema, marks }: { readonly schema: GraphQLSchema; readonly marks: PolicyDirectives },
  coordinate: string,
  type: GraphQLOutputType,
): number {
  const own = marks.weights.get(coordinate);
  if (own !== undefined) return own;
  const named = getNamedType(type);
  if (isAbstractType(named)) {
    return Math.max(
      1,
      ...schema.getPossibleTypes(named).map(({ name }) => marks.weights.get(name) ?? 1),
    );
  }
  return marks.weights.get(named.name) ?? (isObjectType(named) ? 1 : 0);
}

/** True when arguments of a field can neither cost anything nor be refused for being null. */
export function isInputFree(
  marks: PolicyDirectives,
  coordinate: string,
  { args }: GraphQLField<unknown, unknown>,
): boolean {
  return args.every(({ name, type }) => {
    const named = getNamedType(type);
    const isWeighed = [`${coordinate}(${name}:)`, named.name].some((each) =>
      marks.weights.has(each),
    );
    return !isWeighed && !isInputObjectType(named) && !isNonNullType(type);
  });
}

/** What the arguments of a field cost, by their coerced values. */
export function inputCost(
  marks: PolicyDirectives,
  coordinate: string,
  { args }: GraphQLField<unknown, unknown>,
  values: Readonly<Record<string, unknown>>,
): number {
  return args.reduce(
    (total, { name, type }) =>
      total + valueCost(marks, values[name], type, `${coordinate}(${name}:)`),
    0,
  );
}

function valueCost(
  marks: PolicyDirectives,
  value: unknown,
  type: GraphQLInputType,
  coordinate: string,
): number {
  if (value === undefined || value === null) return 0;
  const nullable = getNullableType(type);
  const own = marks.weights.get(coordinate);
  if (isListType(nullable)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.reduce<number>(
      (total, item) => total + valueCost(marks, item, nullable.ofType, coordinate),
      own ?? 0,
    );
  }
  const weight = own ?? marks.weights.get(getNamedType(type).name);
  if (!isInputObjectType(nullable)) return weight ?? 0;
  const given = value as Readonly<Record<string, unknown>>;
  return Object.values(nullable.getFields()).reduce(
    (total, field) =>
      total + valueCost(marks, given[field.name], field.type, `${nullable.name}.${field.name}`),
    weight ?? 1,
  );
}
