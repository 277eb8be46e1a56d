// Response names of the fields in a document. The response name is the alias, or else the name.
import { type ASTNode, type FieldNode, visit } from "graphql";

export function responseName({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

/** `wanted`, with a number behind it if a field of these definitions has that response name. */
export function unusedName(wanted: string, definitions: readonly ASTNode[]): string {
  const taken = new Set<string>();
  const Field = (node: FieldNode) => {
    taken.add(responseName(node));
  };
  for (const definition of definitions) visit(definition, { Field });
  let name = wanted;
  for (let more = 2; taken.has(name); more += 1) name = `${wanted}${more}`;
  return name;
}
