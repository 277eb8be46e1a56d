// The parts of the cost computation that estimates and actual costs share: the weight of a value
// and the cost of arguments.
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

/** The cost of one value of a field without its selections. An abstract type has its maximum. */
export function weightOf(
  { schema, directives }: { readonly schema: GraphQLSchema; readonly directives: PolicyDirectives },
  coordinate: string,
  type: GraphQLOutputType,
): number {
  const own = directives.weights.get(coordinate);
  if (own !== undefined) return own;
  const named = getNamedType(type);
  if (isAbstractType(named)) {
    return Math.max(
      1,
      ...schema.getPossibleTypes(named).map(({ name }) => directives.weights.get(name) ?? 1),
    );
  }
  return directives.weights.get(named.name) ?? (isObjectType(named) ? 1 : 0);
}

/** True if no argument of a field can cost anything, and none is non-null. */
export function isInputFree(
  directives: PolicyDirectives,
  coordinate: string,
  { args }: GraphQLField<unknown, unknown>,
): boolean {
  return args.every(({ name, type }) => {
    const named = getNamedType(type);
    const hasWeight = [`${coordinate}(${name}:)`, named.name].some((each) =>
      directives.weights.has(each),
    );
    return !hasWeight && !isInputObjectType(named) && !isNonNullType(type);
  });
}

/** The cost of coerced argument values. */
export function inputCost(
  directives: PolicyDirectives,
  coordinate: string,
  { args }: GraphQLField<unknown, unknown>,
  values: Readonly<Record<string, unknown>>,
): number {
  return args.reduce(
    (total, { name, type }) =>
      total + valueCost(directives, values[name], type, `${coordinate}(${name}:)`),
    0,
  );
}

function valueCost(
  directives: PolicyDirectives,
  value: unknown,
  type: GraphQLInputType,
  coordinate: string,
): number {
  if (value === undefined || value === null) return 0;
  const nullable = getNullableType(type);
  const own = directives.weights.get(coordinate);
  if (isListType(nullable)) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value];
    return items.reduce<number>(
      (total, item) => total + valueCost(directives, item, nullable.ofType, coordinate),
      own ?? 0,
    );
  }
  const weight = own ?? directives.weights.get(getNamedType(type).name);
  if (!isInputObjectType(nullable)) return weight ?? 0;
  const given = value as Readonly<Record<string, unknown>>;
  return Object.values(nullable.getFields()).reduce(
    (total, field) =>
      total +
      valueCost(directives, given[field.name], field.type, `${nullable.name}.${field.name}`),
    weight ?? 1,
  );
}
