// Applies the rewrites of a plan to what is sent and to what is answered: the types of interface
// objects, and aliases where two fragments use one response name for different fields.
import { type Data, isData } from "./data.ts";
import type { Rewrite } from "./steps.ts";

/** Changes `value` in place. */
export function rewrite(value: unknown, rewrites: readonly Rewrite[]): void {
  for (const each of rewrites) walk(value, each, 0);
}

function walk(value: unknown, each: Rewrite, at: number): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, each, at);
    return;
  }
  if (!isData(value)) return;
  const step = each.path[at];
  if (step === undefined) change(value, each);
  else if (typeof step === "string") walk(value[step], each, at + 1);
  else if (fits(value, step)) walk(value, each, at + 1);
}

/** An object whose `__typename` was not selected has the type that the plan expects. */
function fits({ __typename: type }: Data, types: ReadonlySet<string>): boolean {
  return typeof type !== "string" || types.has(type);
}

function change(object: Data, { field, change: { kind, ...to } }: Rewrite): void {
  if (kind === "set") {
    object[field] = "value" in to ? to.value : null;
  } else if (object[field] !== undefined && "to" in to) {
    object[to.to] = object[field];
    delete object[field];
  }
}
