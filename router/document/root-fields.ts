// Splits an operation by its root fields. Mutations need it: the fields below one mutation are read
// before the next mutation runs, and Apollo's planner does not keep to that order by itself.
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
} from "graphql";
import { type Fragments, fragmentsOf } from "./fragments.ts";
import { responseName } from "./names.ts";

/** One document for each response name at the root, in order. */
export function splitByRootField(
  document: DocumentNode,
  definition: OperationDefinitionNode,
): DocumentNode[] {
  const fragments = fragmentsOf(document);
  const fields = rootFieldsIn(definition.selectionSet.selections, fragments);
  const keys = new Set(fields.map(responseName));
  return [...keys].map((key) => {
    const selections = fields.filter((field) => responseName(field) === key);
    const selectionSet = { kind: Kind.SELECTION_SET, selections } as const;
    const alone = { ...definition, selectionSet };
    const definitions = document.definitions.map((each) => (each === definition ? alone : each));
    return { ...document, definitions };
  });
}

/** The root has one type, so each fragment there is on that type. */
function rootFieldsIn(nodes: readonly SelectionNode[], fragments: Fragments): FieldNode[] {
  return nodes.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node];
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
    return rootFieldsIn(fragment?.selectionSet.selections ?? [], fragments);
  });
}
