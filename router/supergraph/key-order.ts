// The order of keys in the supergraph. If a field requires others (`@requires`), the planner
// returns to its subgraph with the first key whose fields that subgraph has. It does not check that
// the key is resolvable there, so the resolvable keys have to come first.
import { type ConstDirectiveNode, type DocumentNode, Kind, visit } from "graphql";

const JOIN = "join__type";

/** The same document with the resolvable keys of each type before its others. */
export function resolvableKeysFirst(document: DocumentNode): DocumentNode {
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

function isUnresolvable({ name, arguments: args = [] }: ConstDirectiveNode): boolean {
  return (
    name.value === JOIN &&
    args.some(
      ({ name: { value: key }, value }) =>
        key === "resolvable" && value.kind === Kind.BOOLEAN && !value.value,
    )
  );
}
