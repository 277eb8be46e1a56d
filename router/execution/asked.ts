// What of a client's document the planner is asked about. Conditions are decided before, since the
// planner loses what is selected twice under different ones; introspection is answered elsewhere.
import { type DocumentNode, type FieldNode, Kind, type SelectionNode, visit } from "graphql";
import { withoutConditions } from "./conditions.ts";
import { isIntrospection, isOfIntrospection } from "./introspection.ts";

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/** The document without that; a selection of which nothing is left asks for the type. */
export function askedOf(
  document: DocumentNode,
  isIncluded: (node: SelectionNode) => boolean,
): DocumentNode {
  const selection = (node: SelectionNode) => (isIncluded(node) ? withoutConditions(node) : null);
  return visit(document, {
    FragmentDefinition: (node) => (isOfIntrospection(node) ? null : undefined),
    Field: (node) => (isIntrospection(node) ? null : selection(node)),
    InlineFragment: selection,
    FragmentSpread: selection,
    SelectionSet: {
      leave: (node) =>
        node.selections.length === 0 ? { ...node, selections: [TYPENAME] } : undefined,
    },
  });
}
