// The conditions `@skip` and `@include` of a document: which variables they read, and which
// selections they leave in.
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from "graphql";
import { fragmentsOf } from "./fragments.ts";
import type { Variables } from "./operation.ts";

const CONDITIONS = ["skip", "include"];

/** Whether the conditions of a selection itself hold; conditions around it are not looked at. */
export function isIncluded({ directives = [] }: SelectionNode, variables: Variables): boolean {
  return directives.every(({ name: { value: name }, arguments: args = [] }) => {
    if (!CONDITIONS.includes(name)) return true;
    const [condition] = args;
    if (!condition) return true;
    const { value } = condition;
    const isTrue =
      value.kind === Kind.VARIABLE
        ? variables[value.name.value] === true
        : value.kind === Kind.BOOLEAN && value.value;
    return isTrue === (name === "include");
  });
}

/** The selection without its conditions; undefined if it has none. */
export function withoutConditions<Node extends SelectionNode>(node: Node): Node | undefined {
  const others = node.directives?.filter(({ name }) => !CONDITIONS.includes(name.value));
  return others && others.length < (node.directives?.length ?? 0)
    ? { ...node, directives: others }
    : undefined;
}

/** The conditions of one document, decided. */
export interface Decisions {
  /** Equal decisions have equal keys. */
  readonly key: string;
  isIncluded(node: SelectionNode): boolean;
}

/** Decides the conditions of a document for given variables. `defaults` are those it declares. */
export function createDecide(
  document: DocumentNode,
  defaults: Variables,
): (variables: Variables) => Decisions {
  const names = conditionVariables(document);
  return (variables) => {
    const values = names.map((name) => (variables[name] ?? defaults[name]) === true);
    const decided = Object.fromEntries(names.map((name, at) => [name, values[at]]));
    return {
      key: values.map(Number).join(""),
      isIncluded: (node) => isIncluded(node, decided),
    };
  };
}

/** The names of all variables that a condition of the document reads. */
function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name: { value: name }, arguments: args = [] }) {
      if (!CONDITIONS.includes(name)) return;
      for (const { value } of args) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/** True if the root field of a subscription in this document has a condition. */
export function hasConditionalRoot(document: DocumentNode): boolean {
  const fragments = new Map(fragmentsOf(document));
  return document.definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.operation === "subscription" &&
      isConditional(definition.selectionSet, fragments),
  );
}

/** Removes each fragment from `fragments` as it visits it, because fragments may form a circle. */
function isConditional(
  selectionSet: SelectionSetNode,
  fragments: Map<string, FragmentDefinitionNode>,
): boolean {
  return selectionSet.selections.some((selection) => {
    const names = selection.directives?.map((directive) => directive.name.value) ?? [];
    if (CONDITIONS.some((name) => names.includes(name))) return true;
    if (selection.kind === Kind.FIELD) return false;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return isConditional(selection.selectionSet, fragments);
    }
    const fragment = fragments.get(selection.name.value);
    fragments.delete(selection.name.value);
    return fragment !== undefined && isConditional(fragment.selectionSet, fragments);
  });
}
