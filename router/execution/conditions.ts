// What `@skip` and `@include` leave of a selection, and on what that depends.
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
function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name: { value: name }, arguments: given = [] }) {
      if (!CONDITIONS.includes(name)) return;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/** A selection that is included, as it is without conditions; undefined where it has none. */
export function withoutConditions<Node extends SelectionNode>(node: Node): Node | undefined {
  const others = node.directives?.filter(({ name }) => !CONDITIONS.includes(name.value));
  return others && others.length < (node.directives?.length ?? 0)
    ? { ...node, directives: others }
    : undefined;
}

/** How the conditions of an operation turn out with certain variables. */
export interface Outcome {
  /** The same for equal outcomes. */
  readonly key: string;
  isIncluded(node: SelectionNode): boolean;
}

/** Says how the conditions of a document turn out. */
export function outcomesOf(
  document: DocumentNode,
  defaults: Variables,
): (variables: Variables) => Outcome {
  const conditions = conditionVariables(document);
  return (given) => {
    const values = conditions.map((name) => (given[name] ?? defaults[name]) === true);
    const variables = Object.fromEntries(conditions.map((name, at) => [name, values[at]]));
    return {
      key: values.map(Number).join(""),
      isIncluded: (node) => isIncluded(node, variables),
    };
  };
}
