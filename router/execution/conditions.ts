// What `@skip` and `@include` leave of a selection.
import { type DocumentNode, Kind, type SelectionNode, visit } from "graphql";
import type { Variables } from "../policy/cost.ts";

const CONDITIONS = ["skip", "include"];

export function isIncluded({ directives = [] }: SelectionNode, variables: Variables): boolean {
  return directives.every(({ name: { value: name }, arguments: given = [] }) => {
    if (!CONDITIONS.includes(name)) return true;
    const [condition] = given;
    if (!condition) return true;
    const { value } = condition;
    const isTrue =
      value.kind === Kind.VARIABLE
        ? variables[value.name.value] === true
        : value.kind === Kind.BOOLEAN && value.value;
    return isTrue === (name === "include");
  });
}

/** The names of the variables on which the conditions of a document depend. */
export function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name: { value: name }, arguments: given = [] }) {
      if (!CONDITIONS.includes(name)) return;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
