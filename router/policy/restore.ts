// Puts what a filter took out of an operation back into its answer, as if the resolvers of those
// fields had thrown: null with an error at the path, and null upward to where null may be. Whatever
// is null anyway gets no error. It judges nothing that the filter did not.
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

/** What was asked, of which a filter took something out. */
export interface Asked {
  readonly schema: GraphQLSchema;
  /** As the client wrote it. */
  readonly operation: OperationDefinitionNode;
  readonly fragments: Fragments;
  readonly access: Access;
  /** Coerced, with their defaults. */
  readonly variables: Variables;
  readonly typeKey: string;
}

/** What is selected of the objects at one place, for each type that they turn out to have. */
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
  /** Null for what has no selections. */
  readonly inside: Selected | null;
}

interface Path {
  readonly above: Path | null;
  readonly key: string | number;
}

interface Run {
  readonly asked: Asked;
  readonly errors: GraphQLError[];
}

export type Restore = (answer: ExecutionResult) => ExecutionResult;

/** Restores answers to one request; it leaves them as they are, and makes new ones. */
export function createRestore(asked: Asked): Restore {
  const { schema, operation, access } = asked;
  const root = schema.getRootType(operation.operation);
  invariant(root, "an operation has no root type", { operation: operation.operation });
  const selected: Selected = { sets: [operation.selectionSet], access, byType: new Map() };
  return (answer) => {
    if (!answer.data) return answer;
    const run: Run = { asked, errors: [...(answer.errors ?? [])] };
    const data = restoreObject(run, answer.data, root, selected, null);
    return { ...answer, data, ...(run.errors.length > 0 && { errors: run.errors }) };
  };
}

type Data = Readonly<Record<string, unknown>>;

/** Null when a field is null that must not be. */
function restoreObject(
  run: Run,
  data: Data,
  type: GraphQLObjectType,
  selected: Selected,
  path: Path | null,
): Data | null {
  // Without a prototype, since a client may name a key `__proto__`.
  const restored: Record<string, unknown> = Object.create(null);
  for (const field of fieldsOf(run.asked, selected, type)) {
    const { key } = field;
    if (!field.refusal && !Object.hasOwn(data, key)) continue;
    const value = restoreField(run, data[key], field, { above: path, key });
    if (value === null && isNonNullType(field.type)) return null;
    restored[key] = value;
  }
  return restored;
}

function restoreField({ asked, errors }: Run, value: unknown, field: SelectedField, path: Path) {
  const { refusal, nodes, type, inside } = field;
  if (refusal) {
    // A copy, since whoever answers adds a trace id.
    const extensions = { ...refusal.extensions };
    errors.push(new GraphQLError(refusal.message, { nodes, path: keysOf(path), extensions }));
    return null;
  }
  return type && inside ? restoreValue({ asked, errors }, value, type, inside, path) : value;
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
  const { typeKey, schema } = run.asked;
  // The filter has touched nothing of an object that does not tell its type.
  if (!Object.hasOwn(data, typeKey)) return data;
  const own = schema.getType(String(data[typeKey]));
  invariant(isObjectType(own), "an object has no type", { type: data[typeKey] });
  return restoreObject(run, data, own, inside, path);
}

/** Null when an item is null that must not be. */
function restoreList(
  run: Run,
  value: unknown,
  itemType: GraphQLOutputType,
  inside: Selected,
  path: Path,
): unknown {
  invariant(Array.isArray(value), "a list is none");
  const restored: unknown[] = [];
  for (const [at, item] of value.entries()) {
    const own = restoreValue(run, item, itemType, inside, { above: path, key: at });
    if (own === null && isNonNullType(itemType)) return null;
    restored.push(own);
  }
  return restored;
}

function fieldsOf(asked: Asked, selected: Selected, type: GraphQLObjectType) {
  const known = selected.byType.get(type.name);
  if (known) return known;
  const selecting = {
    ...asked,
    isIncluded: (node: SelectionNode) => isIncluded(node, asked.variables),
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
