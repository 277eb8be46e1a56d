// The order of keys in the supergraph that the planner reads. To come back to a subgraph for what
// needs more (`@requires`), the planner takes the first key that the subgraph knows the fields of,
// and does not look whether it can be resolved there. So those that can come first.
import { type ConstDirectiveNode, type DocumentNode, Kind, visit } from "graphql";

const JOIN = "join__type";

/** The same document where every key is in its place. */
export function keysInOrder(document: DocumentNode): DocumentNode {
  return visit(document, {
    ObjectTypeDefinition: (node) => inOrder(node),
    InterfaceTypeDefinition: (node) => inOrder(node),
  });
}

function inOrder<Node extends { readonly directives?: readonly ConstDirectiveNode[] }>(
  node: Node,
): Node | undefined {
  const { directives = [] } = node;
  const last = directives.filter(isUnresolvable);
  if (last.length === 0) return undefined;
  return { ...node, directives: [...directives.filter((each) => !last.includes(each)), ...last] };
}

function isUnresolvable({ name, arguments: given = [] }: ConstDirectiveNode): boolean {
  return (
    name.value === JOIN &&
    given.some(
      ({ name: { value: key }, value }) =>
        key === "resolvable" && value.kind === Kind.BOOLEAN && !value.value,
    )
  );
}
