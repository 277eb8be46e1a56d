// Under which names the fields of a client's document are asked for. A client may call a field
// what it likes; the planner adds fields of its own beside it, keys and what `@requires` names, and
// knows no other name for these than their own. So what could meet one of them is asked for by
// another.
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  parse,
  visit,
} from "graphql";

/** The response name under which a field of a client's document is asked for. */
export type NameOf = (field: FieldNode) => string;

const TYPENAME = "__typename";
const PREFIX = "client__";
/** The variable that the planner declares in every request for entities. */
const PLANNERS_VARIABLE = "representations";
const FIELD_SETS = ["join__type", "join__field"];

/**
 * The names for a supergraph, by all fields that its planner may add to a selection. What is needed
 * with arguments has names of its own there, so that only another name can meet it.
 */
export function createNames(supergraph: DocumentNode): NameOf {
  const added = addedFields(supergraph);
  return ({ name: { value: name }, alias }) => {
    if (name === TYPENAME) return TYPENAME;
    const own = alias?.value ?? name;
    const isTaken = own !== name && (added.has(own) || own.includes("__"));
    return isTaken || own in Object.prototype ? `${PREFIX}${own}` : own;
  };
}

/** The document as the planner shall see it. */
export function renamed(document: DocumentNode, nameOf: NameOf): DocumentNode {
  return visit(document, {
    Field(node) {
      const value = nameOf(node);
      if (value === (node.alias ?? node.name).value) return undefined;
      if (value === node.name.value) return { ...node, alias: undefined };
      return { ...node, alias: { kind: Kind.NAME, value } };
    },
    Variable({ name: { value } }) {
      if (value !== PLANNERS_VARIABLE) return undefined;
      return {
        kind: Kind.VARIABLE,
        name: { kind: Kind.NAME, value: `${PREFIX}${value}` },
      };
    },
  });
}

/** What the client calls a variable of a request. */
export function clientVariable(name: string): string {
  return name === `${PREFIX}${PLANNERS_VARIABLE}` ? PLANNERS_VARIABLE : name;
}

/** The names in all field sets of the supergraph. */
function addedFields(supergraph: DocumentNode): Set<string> {
  const names = new Set([TYPENAME]);
  const read = (fieldSet: string) =>
    visit(parse(`{ ${fieldSet} }`), {
      Field({ name }) {
        names.add(name.value);
      },
    });
  visit(supergraph, {
    Directive(node) {
      if (FIELD_SETS.includes(node.name.value)) fieldSetsOf(node as ConstDirectiveNode).map(read);
    },
  });
  return names;
}

function fieldSetsOf({ arguments: given = [] }: ConstDirectiveNode): string[] {
  return given.flatMap(({ name, value }) =>
    ["key", "requires", "provides"].includes(name.value) && value.kind === Kind.STRING
      ? [value.value]
      : [],
  );
}
