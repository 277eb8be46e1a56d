// Mutations of one operation happen one after another: what is selected of one is read before the
// next happens, which the planner does not see to. Each gets a document of its own.
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
} from "graphql";
import { type Fragments, fragmentsOf } from "../policy/fragments.ts";

/** One document for each root field, by its response name, in their order. */
export function apartByField(
  document: DocumentNode,
  definition: OperationDefinitionNode,
): DocumentNode[] {
  const fragments = fragmentsOf(document);
  const fields = rootFieldsIn(definition.selectionSet.selections, fragments);
  const keys = new Set(fields.map(keyOf));
  return [...keys].map((key) => {
    const selections = fields.filter((field) => keyOf(field) === key);
    const selectionSet = { kind: Kind.SELECTION_SET, selections } as const;
    const alone = { ...definition, selectionSet };
    const definitions = document.definitions.map((each) => (each === definition ? alone : each));
    return { ...document, definitions };
  });
}

/** The root has one type: whatever fragment a field stands in is of that type. */
function rootFieldsIn(nodes: readonly SelectionNode[], fragments: Fragments): FieldNode[] {
  return nodes.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node];
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
    return rootFieldsIn(fragment?.selectionSet.selections ?? [], fragments);
  });
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
