// Paths through the schema from the fields of Query without a repeated type, as operations. It
// sends nothing.
import {
  type GraphQLArgument,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import { called, type FieldOf, fieldsOf, rootFields, selectionOf } from "./schema.ts";

/** The fields of a path, from a field of Query. */
export type Walk = readonly FieldOf[];

/** Items of each list on a path. Three nested lists stay within the cost limit. */
const ITEMS = 3;
/** The depth limit, without the leaves at the end. */
const LEVELS_MAX = 11;

/** Any so many fields in a row are on some path. There are several times as many paths in all. */
const TOGETHER = 3;

/** Paths to objects with everything that follows upon anything, the shortest first. */
export function walks(): Walk[] {
  const queries = rootFields().filter(
    ({ type, field }) => type.name === "Query" && isThing(field.type),
  );
  const all = queries.flatMap((field) => onward([field], new Set()));
  const passed = new Set<string>();
  return all
    .sort((one, other) => one.length - other.length)
    .filter((walk) => {
      const fresh = rowsOf(walk).filter((row) => !passed.has(row));
      for (const row of fresh) passed.add(row);
      return fresh.length > 0;
    });
}

/** Every few fields in a row on a path, without those of connections. */
function rowsOf(walk: Walk): string[] {
  const fields = walk.filter(({ field }) => field.name !== "edges" && field.name !== "node");
  const names = fields.map(({ coordinate }) => coordinate);
  return names.map((_, end) => names.slice(Math.max(0, end - TOGETHER + 1), end + 1).join(" "));
}

function onward(walk: Walk, passed: ReadonlySet<string>): Walk[] {
  const type = endOf(walk);
  if (!isObjectType(type) || passed.has(type.name) || walk.length === LEVELS_MAX) return [walk];
  const next = fieldsOf(type).filter(({ field }) => isThing(field.type));
  const longer = next.flatMap((field) => onward([...walk, field], new Set([...passed, type.name])));
  return longer.length > 0 ? longer : [walk];
}

function endOf(walk: Walk) {
  const last = walk.at(-1);
  return last && getNamedType(last.field.type);
}

/** True unless the type is part of a connection. */
export function isThing(type: FieldOf["field"]["type"]): boolean {
  const named = getNamedType(type);
  return !isLeafType(named) && named.name !== "PageInfo";
}

/** The argument that the first field of a path requires: an id, or the code of an invite. */
export function argumentOf([first]: Walk): GraphQLArgument | undefined {
  return first?.field.args.find(isRequiredArgument);
}

/**
 * The operation of a path. It selects `__typename` and all leaves of each object on the path. The
 * argument of the first field is a variable of the same name.
 */
export function documentOf(walk: Walk): string {
  const [first, ...rest] = walk;
  if (!first) throw new Error("the path is empty");
  const required = argumentOf(walk);
  const given = required ? `($${required.name}: ${required.type})` : "";
  const passed = required ? `(${required.name}: $${required.name})` : "";
  const head = passed ? `${first.field.name}${passed}` : called(first.field, ITEMS);
  return `query${given} { ${head} ${below(first, rest)} }`;
}

/** The variables of a path's operation. */
export function variablesOf(walk: Walk, value: string): Record<string, string> {
  const required = argumentOf(walk);
  return required ? { [required.name]: value } : {};
}

function below({ field }: FieldOf, rest: Walk): string {
  const leaves = selectionOf(getNamedType(field.type), 0);
  const [next, ...others] = rest;
  if (!next) return leaves;
  return leaves.replace(/\}$/, `${called(next.field, ITEMS)} ${below(next, others)} }`);
}
