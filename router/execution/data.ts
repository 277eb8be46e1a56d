// The data that subgraphs have answered so far, as one tree: finds the entities in it and merges
// answers into it. fill.ts decides which of it a client gets.

/** A JSON object. */
export type Data = Record<string, unknown>;

/**
 * The steps from the root to objects in the tree: field names, and `@` for every item of a list.
 */
export type Route = readonly string[];

/** The path of one object. Paths have indexes where routes have `@`. */
export type Path = (string | number)[];

export const EVERY_ITEM = "@";

export function isData(value: unknown): value is Data {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects at the end of a route, in order. Nulls on the route are skipped. */
export function objectsAt(root: Data, route: Route): Data[] {
  const found: Data[] = [];
  collect(root, route, 0, found);
  return found;
}

function collect(value: unknown, route: Route, at: number, found: Data[]): void {
  if (Array.isArray(value)) {
    const next = route[at] === EVERY_ITEM ? at + 1 : at;
    for (const item of value) collect(item, route, next, found);
    return;
  }
  if (!isData(value)) return;
  const step = route[at];
  if (step === undefined) found.push(value);
  else collect(value[step], route, at + 1, found);
}

/** The paths of the objects that {@link objectsAt} returns, in the same order. */
export function pathsAt(root: Data, route: Route): Path[] {
  const found: Path[] = [];
  collectPaths(root, route, 0, [], found);
  return found;
}

function collectPaths(value: unknown, route: Route, at: number, path: Path, found: Path[]): void {
  if (Array.isArray(value)) {
    const next = route[at] === EVERY_ITEM ? at + 1 : at;
    for (const [index, item] of value.entries()) {
      collectPaths(item, route, next, [...path, index], found);
    }
    return;
  }
  if (!isData(value)) return;
  const step = route[at];
  if (step === undefined) found.push(path);
  else collectPaths(value[step], route, at + 1, [...path, step], found);
}

const NO_TYPES: ReadonlySet<string> = new Set();

/**
 * Merges another answer about the same object into `target`. A null in it replaces nothing, because
 * one subgraph may know less about an object than another. Nor does a `__typename` in `vague`
 * replace a known one: a subgraph with an interface object answers the interface as the type.
 */
export function merge(target: Data, source: Data, vague: Types = NO_TYPES): void {
  for (const key of Object.keys(source)) {
    // No plan asks for this key, and assigning it would reach the prototype of all objects.
    if (key === "__proto__") continue;
    const added = source[key];
    const known = target[key];
    if (isData(known) && isData(added)) merge(known, added, vague);
    else if (Array.isArray(known) && Array.isArray(added)) mergeItems(known, added, vague);
    else if (known === undefined) target[key] = added;
    else if (added !== null && !(key === "__typename" && isOneOf(vague, added))) {
      target[key] = added;
    }
  }
}

type Types = ReadonlySet<string>;

function isOneOf(types: Types, value: unknown): boolean {
  return typeof value === "string" && types.has(value);
}

function mergeItems(known: unknown[], added: readonly unknown[], vague: Types): void {
  if (known.length !== added.length) return;
  for (const [index, item] of added.entries()) {
    const own = known[index];
    if (isData(own) && isData(item)) merge(own, item, vague);
    else if (Array.isArray(own) && Array.isArray(item)) mergeItems(own, item, vague);
    else if (own === undefined || item !== null) known[index] = item;
  }
}
