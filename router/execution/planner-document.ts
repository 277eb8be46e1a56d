// The part of a client's document that Apollo's planner gets. The planner drops a field that is
// selected twice under different conditions, so the conditions are decided before. It gets no
// introspection: see introspection.ts.
import { type DocumentNode, type FieldNode, Kind, type SelectionNode, visit } from "graphql";
import { withoutConditions } from "../document/conditions.ts";
import { isIntrospection, isOnIntrospection } from "../document/introspection.ts";

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/** The document without conditions and introspection. An empty selection gets `__typename`. */
export function documentForPlanner(
  document: DocumentNode,
  isIncluded: (node: SelectionNode) => boolean,
): DocumentNode {
  const selection = (node: SelectionNode) => (isIncluded(node) ? withoutConditions(node) : null);
  return visit(document, {
    FragmentDefinition: (node) => (isOnIntrospection(node) ? null : undefined),
    Field: (node) => (isIntrospection(node) ? null : selection(node)),
    InlineFragment: selection,
    FragmentSpread: selection,
    SelectionSet: {
      leave: (node) =>
        node.selections.length === 0 ? { ...node, selections: [TYPENAME] } : undefined,
    },
  });
}
