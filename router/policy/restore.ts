// Puts the fields that filter.ts removed back into the answer, as if their resolvers had thrown:
// null with an error at the path, and null propagation. An object that is null anyway gets no
// error.
import {
  type ExecutionResult,
  type FieldNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { invariant } from "#kit/invariant";
import { isIncluded } from "../document/conditions.ts";
import type { Fragments } from "../document/fragments.ts";
import type { Variables } from "../document/operation.ts";
import { selectedFields } from "../document/selected-fields.ts";
import type { Access } from "./access.ts";

/** An operation from which the filter removed something. */
export interface RestoreOptions {
  readonly schema: GraphQLSchema;
  /** The operation of the client, unfiltered. */
  readonly operation: OperationDefinitionNode;
  readonly fragments: Fragments;
  readonly access: Access;
  /** Coerced, with their defaults. */
  readonly variables: Variables;
  readonly typeKey: string;
}

/** The fields selected on the objects of one field, by object type. */
interface Selected {
  readonly sets: readonly SelectionSetNode[];
  readonly access: Access;
  readonly byType: Map<string, readonly SelectedField[]>;
}

interface SelectedField {
  readonly key: string;
  readonly nodes: readonly FieldNode[];
  /** Null for `__typename` and introspection. */
  readonly type: GraphQLOutputType | null;
  readonly refusal: GraphQLError | null;
  /** Null for a leaf. */
  readonly inside: Selected | null;
}

interface Path {
  readonly above: Path | null;
  readonly key: string | number;
}

interface Run {
  readonly options: RestoreOptions;
  readonly errors: GraphQLError[];
}

export type Restore = (answer: ExecutionResult) => ExecutionResult;

/** The returned function makes a new answer and does not change the given one. */
export function createRestore(options: RestoreOptions): Restore {
  const { schema, operation, access } = options;
  const root = schema.getRootType(operation.operation);
  invariant(root, "an operation has no root type", { operation: operation.operation });
  const selected: Selected = { sets: [operation.selectionSet], access, byType: new Map() };
  return (answer) => {
    if (!answer.data) return answer;
    const run: Run = { options, errors: [...(answer.errors ?? [])] };
    const data = restoreObject(run, answer.data, root, selected, null);
    return { ...answer, data, ...(run.errors.length > 0 && { errors: run.errors }) };
  };
}

type Data = Readonly<Record<string, unknown>>;

/** Null if a non-null field is null. */
function restoreObject(
  run: Run,
  data: Data,
  type: GraphQLObjectType,
  selected: Selected,
  path: Path | null,
): Data | null {
  // It has no prototype, because a client may choose the key `__proto__`.
  const restored: Record<string, unknown> = Object.create(null);
  for (const field of fieldsOf(run.options, selected, type)) {
    const { key } = field;
    if (!field.refusal && !Object.hasOwn(data, key)) continue;
    const value = restoreField(run, data[key], field, { above: path, key });
    if (value === null && isNonNullType(field.type)) return null;
    restored[key] = value;
  }
  return restored;
}

function restoreField({ options, errors }: Run, value: unknown, field: SelectedField, path: Path) {
  const { refusal, nodes, type, inside } = field;
  if (refusal) {
    // A copy: a trace id is added to it later.
    const extensions = { ...refusal.extensions };
    errors.push(new GraphQLError(refusal.message, { nodes, path: keysOf(path), extensions }));
    return null;
  }
  return type && inside ? restoreValue({ options, errors }, value, type, inside, path) : value;
}

function restoreValue(
  run: Run,
  value: unknown,
  type: GraphQLOutputType,
  inside: Selected,
  path: Path,
): unknown {
  if (value === null) return null;
  const nullable = getNullableType(type);
  if (isListType(nullable)) return restoreList(run, value, nullable.ofType, inside, path);
  const data = value as Data;
  const { typeKey, schema } = run.options;
  // The filter removed nothing from an object without this key.
  if (!Object.hasOwn(data, typeKey)) return data;
  const own = schema.getType(String(data[typeKey]));
  invariant(isObjectType(own), "an object has no object type", { type: data[typeKey] });
  return restoreObject(run, data, own, inside, path);
}

/** Null if a non-null item is null. */
function restoreList(
  run: Run,
  value: unknown,
  itemType: GraphQLOutputType,
  inside: Selected,
  path: Path,
): unknown {
  invariant(Array.isArray(value), "the value of a list type is no list");
  const restored: unknown[] = [];
  for (const [at, item] of value.entries()) {
    const own = restoreValue(run, item, itemType, inside, { above: path, key: at });
    if (own === null && isNonNullType(itemType)) return null;
    restored.push(own);
  }
  return restored;
}

function fieldsOf(options: RestoreOptions, selected: Selected, type: GraphQLObjectType) {
  const known = selected.byType.get(type.name);
  if (known) return known;
  const selecting = {
    ...options,
    isIncluded: (node: SelectionNode) => isIncluded(node, options.variables),
  };
  const nodes = selectedFields(selecting, selected.sets, type);
  const fields = [...nodes].map(([key, each]) => fieldOf(selected.access, type, key, each));
  selected.byType.set(type.name, fields);
  return fields;
}

function fieldOf(
  access: Access,
  parent: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
): SelectedField {
  const name = nodes[0]?.name.value ?? "";
  const type = parent.getFields()[name]?.type ?? null;
  if (!type) return { key, nodes, type, refusal: null, inside: null };
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const inside = { sets, access: access.below(parent.name, name), byType: new Map() };
  const refusal = access.refusalOf(parent.name, name);
  return { key, nodes, type, refusal, inside: sets.length > 0 ? inside : null };
}

function keysOf(path: Path): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: Path | null = path; at; at = at.above) keys.unshift(at.key);
  return keys;
}
