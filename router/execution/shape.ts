// The shape of the answer to an operation, made once for each plan: the fields of each object,
// their response names, and the valid values. fill.ts fills it with the data of subgraphs.
// https://spec.graphql.org/October2021/#sec-Handling-Field-Errors
import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { invariant } from "#kit/invariant";
import { isIntrospection } from "../document/introspection.ts";
import { isWithin, type Selecting, selectedFields } from "../document/selected-fields.ts";
import type { Introspect } from "./introspection.ts";
import { isLeafValue } from "./leaf-values.ts";
import type { NameOf } from "./planner-names.ts";

/** A field of an object of one type. */
export interface ShapedField {
  /** The response name for the client. */
  readonly key: string;
  /** The name in the data; null for `__typename` and introspection. */
  readonly source: string | null;
  /** Answers introspection; null for every other field. */
  readonly introspect: Introspect | null;
  /** `Type.field`, for messages. */
  readonly coordinate: string;
  readonly value: ShapedValue;
}

export interface ShapedValue {
  readonly isNonNull: boolean;
  readonly form:
    | { readonly kind: "leaf"; isValid(value: unknown): boolean }
    | { readonly kind: "list"; readonly item: ShapedValue }
    | ShapedObject;
}

/** An object. Its fields depend on its object type if the schema gives an abstract type. */
export interface ShapedObject {
  readonly kind: "object";
  /** The name of the type in the schema. */
  readonly name: string;
  /** The same name if it is an object type, else null. */
  readonly type: string | null;
  /** The possible object types that clients see. */
  readonly types: readonly string[];
  /** Null for a type that clients do not see. */
  fieldsOf(type: string): ShapedFields | null;
}

export interface ShapedFields {
  readonly typeName: string;
  /** False for an interface: an interface object whose type no subgraph gave. */
  readonly isObject: boolean;
  readonly fields: readonly ShapedField[];
}

export interface Shaping extends Selecting {
  readonly nameOf: NameOf;
  /** Prepares the answer for a response name of introspection, which all of the nodes have. */
  introspect(key: string, nodes: readonly FieldNode[]): Introspect;
}

export interface RootField {
  readonly key: string;
  readonly source: string;
  readonly node: FieldNode;
  /** Undefined for `__typename`, `__schema` and `__type`. */
  readonly field: GraphQLField<unknown, unknown> | undefined;
}

/** The shape of an operation's answer, with its conditions as `shaping` decides them. */
export function shapeOf(shaping: Shaping, operation: OperationDefinitionNode): ShapedObject {
  return objectOf(shaping, rootOf(shaping, operation), [operation.selectionSet]);
}

function rootOf({ schema }: Pick<Shaping, "schema">, { operation }: OperationDefinitionNode) {
  const type = schema.getRootType(operation);
  invariant(type, "an operation has no root type", { operation });
  return type;
}

/** All fields at the root: one for each selection, not merged by response name. */
export function rootFields(shaping: Shaping, operation: OperationDefinitionNode): RootField[] {
  const type = rootOf(shaping, operation);
  return [...selectedFields(shaping, [operation.selectionSet], type)].flatMap(([key, nodes]) =>
    nodes.map((node) => ({
      key,
      source: shaping.nameOf(node),
      node,
      field: type.getFields()[node.name.value],
    })),
  );
}

function shapedValue(
  shaping: Shaping,
  type: GraphQLOutputType,
  sets: readonly SelectionSetNode[],
): ShapedValue {
  const isNonNull = isNonNullType(type);
  const nullable = getNullableType(type);
  if (isListType(nullable)) {
    const item = shapedValue(shaping, nullable.ofType, sets);
    return { isNonNull, form: { kind: "list", item } };
  }
  if (isCompositeType(nullable)) return { isNonNull, form: objectOf(shaping, nullable, sets) };
  const values = isEnumType(nullable)
    ? new Set(nullable.getValues().map(({ name }) => name))
    : nullable.name;
  return { isNonNull, form: { kind: "leaf", isValid: (value) => isLeafValue(values, value) } };
}

function objectOf(
  shaping: Shaping,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): ShapedObject {
  const known = new Map<string, ShapedFields | null>();
  const fieldsOf = (name: string) => {
    const made = known.get(name);
    if (made !== undefined) return made;
    const own = shaping.schema.getType(name);
    const isPossible = isCompositeType(own) && isWithin(shaping.schema, own, type);
    const fields = isPossible ? fieldsFor(shaping, own, sets) : null;
    known.set(name, fields);
    return fields;
  };
  const types = isObjectType(type)
    ? [type.name]
    : shaping.schema.getPossibleTypes(type).map(({ name }) => name);
  const { name } = type;
  return { kind: "object", name, type: isObjectType(type) ? name : null, types, fieldsOf };
}

function fieldsFor(
  shaping: Shaping,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): ShapedFields {
  const fields = [...selectedFields(shaping, sets, type)].flatMap(([key, nodes]): ShapedField[] => {
    const [node] = nodes;
    if (!node) return [];
    const name = node.name.value;
    const coordinate = `${type.name}.${name}`;
    const shaped = { key, source: null, introspect: null, coordinate };
    if (name === "__typename") return [{ ...shaped, value: TYPENAME }];
    if (isIntrospection(node)) {
      const introspect = shaping.introspect(key, nodes);
      return [{ ...shaped, introspect, value: name === "__schema" ? SCHEMA : ANYTHING }];
    }
    const field = "getFields" in type ? type.getFields()[name] : undefined;
    invariant(field, "a valid document selects a field that its type does not have", {
      coordinate,
    });
    const below = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const value = shapedValue(shaping, field.type, below);
    return [{ ...shaped, source: shaping.nameOf(node), value }];
  });
  return { typeName: type.name, isObject: isObjectType(type), fields };
}

const TYPENAME: ShapedValue = {
  isNonNull: true,
  form: { kind: "leaf", isValid: (value) => typeof value === "string" },
};

/** For introspection, whose answer is taken as it is. */
const ANYTHING: ShapedValue = { isNonNull: false, form: { kind: "leaf", isValid: () => true } };
const SCHEMA: ShapedValue = { ...ANYTHING, isNonNull: true };
