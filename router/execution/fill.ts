// Fills the shape of an answer with the data of subgraphs: propagates nulls as GraphQL does, and
// gives all errors the client's paths. It fetches nothing.
import { GraphQLError } from "graphql";
import type { Variables } from "../document/operation.ts";
import type { Conceal } from "./concealing.ts";
import type { Data, Path } from "./data.ts";
import { isData } from "./data.ts";
import type { Introspect, Introspected } from "./introspection.ts";
import type { ShapedField, ShapedFields, ShapedObject, ShapedValue } from "./shape.ts";

interface Fetched {
  readonly data: Data;
  /** Their paths are those of `data`. */
  readonly errors: readonly GraphQLError[];
  /** Entities that their subgraph answered with null, or that could not be fetched. */
  readonly missing: ReadonlySet<Data>;
  /** For introspection. */
  readonly variables: Variables;
  /** Undefined: the client gets every value. */
  readonly conceal?: Conceal | undefined;
}

interface Filling extends Pick<Fetched, "missing" | "variables" | "conceal"> {
  /** The errors of subgraphs, with the client's paths. */
  readonly reported: readonly GraphQLError[];
  readonly found: GraphQLError[];
  /** The client's path of the value that is being filled. */
  readonly path: Path;
  /** Introspection is answered once for each field, however often the field is filled. */
  readonly introspected: Map<ShapedField, Introspected>;
  /** The error for the first non-null field of a missing entity. */
  firstMissing: GraphQLError | null;
}

/** The value of a non-null position that has none: the object or list around it becomes null. */
const NO_VALUE = Symbol("no value");
type NoValue = typeof NO_VALUE;

/** The value of a missing entity with a non-null field: it becomes null in its own position. */
const MISSING = Symbol("missing");
type Missing = typeof MISSING;

/**
 * The client's data and all errors. The fields of a missing entity are null without an error. If
 * one of them is non-null, the entity itself is null, also without an error if it may be null.
 */
export function fill(
  root: ShapedObject,
  { data, errors, missing, variables, conceal }: Fetched,
): { readonly data: Data | null; readonly errors: readonly GraphQLError[] } {
  const reported = errors.map((error) => withClientPath(root, data, error));
  const introspected = new Map();
  const known = { reported, missing, variables, introspected, conceal };
  const filling: Filling = { ...known, found: [], path: [], firstMissing: null };
  const filled = fillObject(filling, root, data, "");
  const all = [...reported, ...filling.found];
  if (filled !== MISSING) return { data: filled, errors: all };
  const isUnexplained = all.length === 0 && filling.firstMissing;
  return { data: null, errors: isUnexplained ? [isUnexplained] : all };
}

/** Null if a non-null field in it has no value. */
function fillObject(
  filling: Filling,
  { type, name, fieldsOf }: ShapedObject,
  source: Data,
  coordinate: string,
): Data | null | Missing {
  const typename = type ?? source.__typename ?? name;
  const shaped = typeof typename === "string" ? fieldsOf(typename) : null;
  if (!shaped) {
    addError(filling, `The type of the object at ${coordinate} is not one of the graph.`);
    return null;
  }
  const target: Data = {};
  for (const field of shaped.fields) {
    filling.path.push(field.key);
    const value = fillField(filling, shaped, field, source);
    filling.path.pop();
    if (value === MISSING) return MISSING;
    if (value === NO_VALUE) return null;
    put(target, field.key, value);
  }
  return target;
}

function fillField(
  filling: Filling,
  { typeName, isObject }: ShapedFields,
  field: ShapedField,
  source: Data,
): unknown | NoValue | Missing {
  const { isNonNull, form } = field.value;
  if (field.introspect) return fillIntrospection(filling, field, field.introspect);
  // An interface object has no `__typename` unless a subgraph that knows the types gave one.
  const known = isObject ? typeName : undefined;
  const raw = field.source === null ? known : source[field.source];
  if (raw === undefined) {
    if (!isNonNull) return null;
    const why = `Cannot return null for non-nullable field ${field.coordinate}.`;
    if (filling.missing.has(source)) {
      filling.firstMissing ??= new GraphQLError(why, { path: [...filling.path] });
      return MISSING;
    }
    addError(filling, why);
    return NO_VALUE;
  }
  const value = fillValue(filling, { isNonNull, form }, raw, field);
  return filling.conceal ? filling.conceal(field.coordinate, value) : value;
}

function fillIntrospection(
  { introspected, variables, found, path }: Filling,
  field: ShapedField,
  introspect: Introspect,
): unknown | NoValue {
  const answer = introspected.get(field) ?? introspect(variables);
  introspected.set(field, answer);
  for (const { message, path: below = [] } of answer.errors) {
    found.push(new GraphQLError(message, { path: [...path, ...below.slice(1)] }));
  }
  return answer.value === null && field.value.isNonNull ? NO_VALUE : answer.value;
}

/** Assignment would set the prototype for the key `__proto__`, which a client may choose. */
function put(target: Data, key: string, value: unknown): void {
  if (key !== "__proto__") target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, configurable: true });
}

function fillValue(
  filling: Filling,
  { isNonNull, form }: ShapedValue,
  raw: unknown,
  field: ShapedField,
): unknown | NoValue {
  const filled = raw === null ? null : fillForm(filling, form, raw, field);
  const value = filled === MISSING ? null : filled;
  if (value !== null || !isNonNull) return value;
  // In all other cases an error was added where the value became null.
  if (raw === null || filled === MISSING) {
    addError(filling, `Cannot return null for non-nullable field ${field.coordinate}.`);
  }
  return NO_VALUE;
}

function fillForm(
  filling: Filling,
  form: ShapedValue["form"],
  raw: unknown,
  field: ShapedField,
): unknown {
  if (form.kind === "leaf") {
    if (form.isValid(raw)) return raw;
  } else if (form.kind === "list") {
    if (Array.isArray(raw)) return fillList(filling, form.item, raw, field);
  } else if (isData(raw)) {
    return fillObject(filling, form, raw, field.coordinate);
  }
  addError(filling, `Invalid value found for field ${field.coordinate}.`);
  return null;
}

function fillList(
  filling: Filling,
  item: ShapedValue,
  raw: readonly unknown[],
  field: ShapedField,
): unknown[] | null {
  const list: unknown[] = [];
  let isComplete = true;
  for (let at = 0; at < raw.length; at += 1) {
    filling.path.push(at);
    // An undefined item counts as null.
    const value = fillValue(filling, item, raw[at] ?? null, field);
    filling.path.pop();
    if (value === NO_VALUE) isComplete = false;
    else list.push(value);
  }
  return isComplete ? list : null;
}

/** Adds an error at the current path, unless a subgraph reported one there or above. */
function addError({ reported, found, path }: Filling, message: string): void {
  const covers = ({ path: other }: GraphQLError) =>
    !other || other.every((step, at) => at >= path.length || step === path[at]);
  if (!reported.some(covers)) found.push(new GraphQLError(message, { path: [...path] }));
}

/** The error with the client's path. The path ends early if the client did not select the rest. */
function withClientPath(root: ShapedObject, data: Data, error: GraphQLError): GraphQLError {
  const { message, path, extensions } = error;
  if (!path) return error;
  return new GraphQLError(message, { path: clientPath(root, data, path), extensions });
}

function clientPath(root: ShapedObject, data: Data, path: readonly (string | number)[]): Path {
  const own: Path = [];
  let form: ShapedValue["form"] = root;
  let value: unknown = data;
  for (const step of path) {
    if (typeof step === "number") {
      if (form.kind !== "list") break;
      own.push(step);
      form = form.item.form;
      value = Array.isArray(value) ? value[step] : undefined;
      continue;
    }
    const field: ShapedField | undefined =
      form.kind === "object" ? fieldNamed(form, value, step) : undefined;
    if (!field) break;
    own.push(field.key);
    form = field.value.form;
    value = isData(value) ? value[step] : undefined;
  }
  return own;
}

/**
 * The field with this name in the data. An object without `__typename` may have any of the types.
 */
function fieldNamed({ types, fieldsOf }: ShapedObject, value: unknown, source: string) {
  const typename = isData(value) ? value.__typename : undefined;
  const own = typeof typename === "string" && types.includes(typename) ? [typename] : types;
  const fields = own.flatMap((type) => fieldsOf(type)?.fields ?? []);
  return fields.find((field) => field.source === source);
}
