// Renames response names of a client's document for the planner. The planner adds fields under
// their own names: keys, and the fields of `@requires`. A client's alias may equal one of these
// names, and is then replaced by another.
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  parse,
  visit,
} from "graphql";

/** The response name that a field gets in the document for the planner. */
export type NameOf = (field: FieldNode) => string;

const TYPENAME = "__typename";
const PREFIX = "client__";
/** The variable that the planner declares in every entity fetch. */
const PLANNER_VARIABLE = "representations";
const FIELD_SETS = ["join__type", "join__field"];

/**
 * The names for one supergraph. Required fields with arguments already have names of their own
 * (supergraph/required-fields.ts), so only an alias can equal one of them.
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

/** The document with the names for the planner. */
export function renamed(document: DocumentNode, nameOf: NameOf): DocumentNode {
  return visit(document, {
    Field(node) {
      const value = nameOf(node);
      if (value === (node.alias ?? node.name).value) return undefined;
      if (value === node.name.value) return { ...node, alias: undefined };
      return { ...node, alias: { kind: Kind.NAME, value } };
    },
    Variable({ name: { value } }) {
      if (value !== PLANNER_VARIABLE) return undefined;
      return {
        kind: Kind.VARIABLE,
        name: { kind: Kind.NAME, value: `${PREFIX}${value}` },
      };
    },
  });
}

/** The client's name of a variable of a fetch. */
export function clientVariable(name: string): string {
  return name === `${PREFIX}${PLANNER_VARIABLE}` ? PLANNER_VARIABLE : name;
}

/** All field names in the field sets of the supergraph: those that the planner may add. */
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

function fieldSetsOf({ arguments: args = [] }: ConstDirectiveNode): string[] {
  return args.flatMap(({ name, value }) =>
    ["key", "requires", "provides"].includes(name.value) && value.kind === Kind.STRING
      ? [value.value]
      : [],
  );
}
