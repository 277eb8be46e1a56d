// Fills the shape of an answer with the data of subgraphs: null goes up to where null may be, what
// is wrong is told at the client's path, and so are the errors that came with the data.
import { GraphQLError } from "graphql";
import type { Data, Path } from "./data.ts";
import { isData } from "./data.ts";
import type { ShapedField, ShapedObject, ShapedValue } from "./shape.ts";

interface Filling {
  /** Errors of subgraphs, at the client's paths. */
  readonly reported: readonly GraphQLError[];
  readonly found: GraphQLError[];
  /** Where it is filled, by the client's names. */
  readonly path: Path;
}

/** What a non-null position without a value makes of the object or list around it. */
const NOTHING = Symbol("nothing");
type Nothing = typeof NOTHING;

/**
 * The data for the client, and all errors. An entity that is gone leaves its fields out: these are
 * null without an error, unless nothing is left of the answer.
 */
export function fill(
  root: ShapedObject,
  data: Data,
  reported: readonly GraphQLError[],
): { readonly data: Data | null; readonly errors: readonly GraphQLError[] } {
  const errors = reported.map((error) => translated(root, data, error));
  const filling: Filling = { reported: errors, found: [], path: [] };
  const filled = fillObject(filling, root, data, "");
  errors.push(...filling.found);
  if (filled !== null) return { data: filled, errors };
  if (errors.length === 0)
    errors.push(new GraphQLError("Cannot return null for a field that must not be null."));
  return { data: null, errors };
}

/** Null when a field in it must not be null and is. */
function fillObject(
  filling: Filling,
  { type, fieldsOf }: ShapedObject,
  source: Data,
  coordinate: string,
): Data | null {
  const told = type ?? source.__typename;
  const shaped = typeof told === "string" ? fieldsOf(told) : null;
  if (!shaped) {
    tell(filling, `The type of the object at ${coordinate} is not one of the graph.`);
    return null;
  }
  const target: Data = {};
  for (const field of shaped.fields) {
    if (field.source === null && !shaped.isObject) {
      tell(filling, `The type of the object at ${coordinate} is not known.`);
      return null;
    }
    const raw = field.source === null ? shaped.typeName : source[field.source];
    filling.path.push(field.key);
    const value = fillValue(filling, field.value, raw, field);
    filling.path.pop();
    if (value === NOTHING) return null;
    put(target, field.key, value);
  }
  return target;
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
  const before = filling.found.length;
  const value = raw === undefined || raw === null ? null : fillForm(filling, form, raw, field);
  if (value !== null || !isNonNull) return value;
  const isExplained = raw !== null || filling.found.length > before;
  if (!isExplained) tell(filling, `Cannot return null for non-nullable field ${field.coordinate}.`);
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
