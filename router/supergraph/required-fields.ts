// Fields with arguments that other fields need (`@requires`). The planner keeps what it asks for
// under the names of fields, and cannot tell one field with different arguments apart. So each such
// need gets a field with a name of its own in the supergraph that the planner reads, and what is
// sent to a subgraph has the real field again.
import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

/** A field that is needed, as it is asked for. */
export interface Need {
  readonly name: string;
  /** The type that has the field. */
  readonly type: string;
  readonly node: FieldNode;
}

export interface Needs {
  /** The supergraph for the planner: the same where no need has arguments. */
  readonly document: DocumentNode;
  readonly byName: ReadonlyMap<string, Need>;
  /** The names of the needs of each field, by `Type.field`. */
  readonly ofFields: ReadonlyMap<string, readonly string[]>;
}

type Type = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** No client's name begins like this. */
export const NEED_PREFIX = "need__";
const TYPES = [Kind.OBJECT_TYPE_DEFINITION, Kind.INTERFACE_TYPE_DEFINITION];

/** Names all needs with arguments of a supergraph. */
export function nameNeeds(document: DocumentNode): Needs {
  const types = new TypeInfo(buildASTSchema(document, { assumeValidSDL: true }));
  const byKey = new Map<string, Need>();
  const ofFields = new Map<string, string[]>();

  function needFor(type: string, node: FieldNode): Need {
    const { name, arguments: given = [] } = node;
    const key = `${type}.${name.value}(${given.map(print).join()})`;
    const need = byKey.get(key) ?? {
      name: `${NEED_PREFIX}${byKey.size}__${name.value}`,
      type,
      node,
    };
    byKey.set(key, need);
    return need;
  }

  /** A field set with the names of its needs, and these names. */
  function namedSet(type: string, fieldSet: string) {
    const names: string[] = [];
    const text = print(
      visit(
        parse(`fragment F on ${type} { ${fieldSet} }`, { noLocation: true }),
        visitWithTypeInfo(types, {
          Field(node) {
            const parent = types.getParentType();
            if (!parent || !types.getFieldDef()?.args.length) return undefined;
            const need = needFor(parent.name, node);
            names.push(need.name);
            return renamedTo(node, need.name);
          },
        }),
      ),
    );
    return { names, fieldSet: text.slice(text.indexOf("{") + 1, text.lastIndexOf("}")) };
  }

  const named = visit(document, {
    enter(node, _key, _parent, _path, ancestors) {
      if (node.kind !== Kind.DIRECTIVE || node.name.value !== "join__field") return undefined;
      const [field, type] = [...ancestors].reverse().filter(isDefinition);
      const requires = node.arguments?.find(({ name }) => name.value === "requires")?.value;
      if (!field || !type || requires?.kind !== Kind.STRING) return undefined;
      const { names, fieldSet } = namedSet(type.name.value, requires.value);
      if (names.length === 0) return undefined;
      const coordinate = `${type.name.value}.${field.name.value}`;
      ofFields.set(coordinate, [...(ofFields.get(coordinate) ?? []), ...names]);
      return withRequires(node as ConstDirectiveNode, fieldSet);
    },
  });
  const needs = [...byKey.values()];
  const byName = new Map(needs.map((need) => [need.name, need]));
  if (needs.length === 0) return { document, byName, ofFields };
  const whole = visit(named, {
    enter: (node) => (isType(node) ? withFields(node, needs) : undefined),
  });
  return { document: whole, byName, ofFields };
}

function renamedTo({ selectionSet }: FieldNode, value: string): FieldNode {
  const name = { kind: Kind.NAME, value } as const;
  return { kind: Kind.FIELD, name, ...(selectionSet && { selectionSet }) };
}

function isDefinition(node: unknown): node is Type | FieldDefinitionNode {
  return isType(node) || (isNode(node) && node.kind === Kind.FIELD_DEFINITION);
}

function isType(node: unknown): node is Type {
  return isNode(node) && TYPES.some((kind) => kind === node.kind);
}

function isNode(node: unknown): node is { readonly kind: string } {
  return typeof node === "object" && node !== null && "kind" in node;
}

function withRequires(node: ConstDirectiveNode, value: string): ConstDirectiveNode {
  const given = node.arguments?.map((argument) =>
    argument.name.value === "requires"
      ? { ...argument, value: { kind: Kind.STRING, value } as const }
      : argument,
  );
  return { ...node, ...(given && { arguments: given }) };
}

/** The type with a field for each need that it answers, which is where the real one is. */
function withFields(type: Type, needs: readonly Need[]): Type {
  const own = [type.name.value, ...(type.interfaces ?? []).map(({ name }) => name.value)];
  const added = needs.flatMap((need): FieldDefinitionNode[] => {
    const real = type.fields?.find(({ name }) => name.value === need.node.name.value);
    if (!real || !own.includes(need.type)) return [];
    return [{ ...real, name: { kind: Kind.NAME, value: need.name }, arguments: [] }];
  });
  return { ...type, fields: [...(type.fields ?? []), ...added] };
}
