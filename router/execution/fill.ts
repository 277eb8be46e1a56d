// Fills the shape of an answer with the data of subgraphs: null goes up to where null may be, what
// is wrong is told at the client's path, and so are the errors that came with the data.
import { GraphQLError } from "graphql";
import type { Variables } from "../document/operation.ts";
import type { Data, Path } from "./data.ts";
import { isData } from "./data.ts";
import type { Introspect, Introspected } from "./introspection.ts";
import type { ShapedField, ShapedFields, ShapedObject, ShapedValue } from "./shape.ts";

/** What was fetched. */
interface Fetched {
  readonly data: Data;
  /** At paths of the data. */
  readonly errors: readonly GraphQLError[];
  /** Entities of which a field that is missing is no error. */
  readonly gone: ReadonlySet<Data>;
  /** What questions about the schema are answered with. */
  readonly variables: Variables;
}

interface Filling extends Pick<Fetched, "gone" | "variables"> {
  /** Errors of subgraphs, at the client's paths. */
  readonly reported: readonly GraphQLError[];
  readonly found: GraphQLError[];
  /** Where it is filled, by the client's names. */
  readonly path: Path;
  /** The answers of introspection, each found once, wherever it stands. */
  readonly introspected: Map<ShapedField, Introspected>;
  /** What was missing first of what is gone. */
  missing: GraphQLError | null;
}

/** What a non-null position without a value makes of the object or list around it. */
const NOTHING = Symbol("nothing");
type Nothing = typeof NOTHING;

/** An entity that is gone and lacks what must not be null: it is null where it stands. */
const GONE = Symbol("gone");
type Gone = typeof GONE;

/**
 * The data for the client, and all errors. An entity that is gone leaves its fields out: these are
 * null without an error, and so is the entity where it may be null and they may not.
 */
export function fill(
  root: ShapedObject,
  { data, errors, gone, variables }: Fetched,
): { readonly data: Data | null; readonly errors: readonly GraphQLError[] } {
  const reported = errors.map((error) => translated(root, data, error));
  const introspected = new Map();
  const known = { reported, gone, variables, introspected };
  const filling: Filling = { ...known, found: [], path: [], missing: null };
  const filled = fillObject(filling, root, data, "");
  const all = [...reported, ...filling.found];
  if (filled !== GONE) return { data: filled, errors: all };
  const isUnexplained = all.length === 0 && filling.missing;
  return { data: null, errors: isUnexplained ? [isUnexplained] : all };
}

/** Null when a field in it must not be null and is. */
function fillObject(
  filling: Filling,
  { type, name, fieldsOf }: ShapedObject,
  source: Data,
  coordinate: string,
): Data | null | Gone {
  const told = type ?? source.__typename ?? name;
  const shaped = typeof told === "string" ? fieldsOf(told) : null;
  if (!shaped) {
    tell(filling, `The type of the object at ${coordinate} is not one of the graph.`);
    return null;
  }
  const target: Data = {};
  for (const field of shaped.fields) {
    filling.path.push(field.key);
    const value = fillField(filling, shaped, field, source);
    filling.path.pop();
    if (value === GONE) return GONE;
    if (value === NOTHING) return null;
    put(target, field.key, value);
  }
  return target;
}

function fillField(
  filling: Filling,
  { typeName, isObject }: ShapedFields,
  field: ShapedField,
  source: Data,
): unknown | Nothing | Gone {
  const { isNonNull, form } = field.value;
  if (field.introspect) return fillIntrospection(filling, field, field.introspect);
  // An interface object has no type of its own: it is told by who knows it, or nobody does.
  const known = isObject ? typeName : undefined;
  const raw = field.source === null ? known : source[field.source];
  if (raw === undefined) {
    if (!isNonNull) return null;
    const why = `Cannot return null for non-nullable field ${field.coordinate}.`;
    if (filling.gone.has(source)) {
      filling.missing ??= new GraphQLError(why, { path: [...filling.path] });
      return GONE;
    }
    tell(filling, why);
    return NOTHING;
  }
  return fillValue(filling, { isNonNull, form }, raw, field);
}

function fillIntrospection(
  { introspected, variables, found, path }: Filling,
  field: ShapedField,
  introspect: Introspect,
): unknown | Nothing {
  const answer = introspected.get(field) ?? introspect(variables);
  introspected.set(field, answer);
  for (const { message, path: below = [] } of answer.errors) {
    found.push(new GraphQLError(message, { path: [...path, ...below.slice(1)] }));
  }
  return answer.value === null && field.value.isNonNull ? NOTHING : answer.value;
}

/** `__proto__` is a name like any other. */
function put(target: Data, key: string, value: unknown): void {
  if (key !== "__proto__") target[key] = value;
  else Object.defineProperty(target, key, { value, enumerable: true, configurable: true });
}

function fillValue(
  filling: Filling,
  { isNonNull, form }: ShapedValue,
  raw: unknown,
  field: ShapedField,
): unknown | Nothing {
  const filled = raw === null ? null : fillForm(filling, form, raw, field);
  const value = filled === GONE ? null : filled;
  if (value !== null || !isNonNull) return value;
  // What else became null while it was filled has told why.
  if (raw === null || filled === GONE) {
    tell(filling, `Cannot return null for non-nullable field ${field.coordinate}.`);
  }
  return NOTHING;
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
  tell(filling, `Invalid value found for field ${field.coordinate}.`);
  return null;
}

function fillList(
  filling: Filling,
  item: ShapedValue,
  raw: readonly unknown[],
  field: ShapedField,
): unknown[] | null {
  const list: unknown[] = [];
  let isWhole = true;
  for (let at = 0; at < raw.length; at += 1) {
    filling.path.push(at);
    // In a list nothing is missing: what is not there is null.
    const value = fillValue(filling, item, raw[at] ?? null, field);
    filling.path.pop();
    if (value === NOTHING) isWhole = false;
    else list.push(value);
  }
  return isWhole ? list : null;
}

/** An error here, unless one that came with the data says why already. */
function tell({ reported, found, path }: Filling, message: string): void {
  const covers = ({ path: other }: GraphQLError) =>
    !other || other.every((step, at) => at >= path.length || step === path[at]);
  if (!reported.some(covers)) found.push(new GraphQLError(message, { path: [...path] }));
}

/** An error with its path in the client's names, as far as the client asked for what is there. */
function translated(root: ShapedObject, data: Data, error: GraphQLError): GraphQLError {
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

/** The field that is called so in the data, of the object's type or, if nobody told it, of any. */
function fieldNamed({ types, fieldsOf }: ShapedObject, value: unknown, source: string) {
  const told = isData(value) ? value.__typename : undefined;
  const own = typeof told === "string" && types.includes(told) ? [told] : types;
  const fields = own.flatMap((type) => fieldsOf(type)?.fields ?? []);
  return fields.find((field) => field.source === source);
}
