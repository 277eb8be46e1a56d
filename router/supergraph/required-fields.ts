// `@requires` of fields with arguments. The planner identifies what a field requires by field name
// alone, so it cannot tell one field with two sets of arguments apart. Therefore each such required
// field gets a stand-in: a field without arguments and with a name of its own, in the supergraph
// for the planner. execution/real-fields.ts puts the real fields back into what is sent.
import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type FieldNode,
  type GraphQLSchema,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";

export interface RequiredField {
  /** The name of the stand-in. */
  readonly name: string;
  /** The type that has the real field. */
  readonly type: string;
  /** The real field with its arguments. */
  readonly node: FieldNode;
}

export interface RequiredFields {
  /** The supergraph with the stand-ins. */
  readonly document: DocumentNode;
  /** By the names of the stand-ins. */
  readonly byName: ReadonlyMap<string, RequiredField>;
  /** The names of the stand-ins that a field requires, by `Type.field`. */
  readonly byCoordinate: ReadonlyMap<string, readonly string[]>;
}

type Type = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

/** Every stand-in begins with it. planner-names.ts keeps clients' names from doing so. */
export const STAND_IN_PREFIX = "need__";
const TYPES = [Kind.OBJECT_TYPE_DEFINITION, Kind.INTERFACE_TYPE_DEFINITION];

/** Adds the stand-ins to a supergraph. `schemaOf` is called only if it has `@requires`. */
export function addStandIns(document: DocumentNode, schemaOf: () => GraphQLSchema): RequiredFields {
  const byKey = new Map<string, RequiredField>();
  const byCoordinate = new Map<string, string[]>();
  let typeInfo: TypeInfo | null = null;

  function standInFor(type: string, node: FieldNode): RequiredField {
    const { name, arguments: args = [] } = node;
    const key = `${type}.${name.value}(${args.map(print).join()})`;
    const required = byKey.get(key) ?? {
      name: `${STAND_IN_PREFIX}${byKey.size}__${name.value}`,
      type,
      node,
    };
    byKey.set(key, required);
    return required;
  }

  /** The field set with stand-ins, and their names. */
  function withStandIns(type: string, fieldSet: string) {
    typeInfo ??= new TypeInfo(schemaOf());
    const types = typeInfo;
    const names: string[] = [];
    const text = print(
      visit(
        parse(`fragment F on ${type} { ${fieldSet} }`, { noLocation: true }),
        visitWithTypeInfo(types, {
          Field(node) {
            const parent = types.getParentType();
            if (!parent || !types.getFieldDef()?.args.length) return undefined;
            const required = standInFor(parent.name, node);
            names.push(required.name);
            return renamedTo(node, required.name);
          },
        }),
      ),
    );
    return { names, fieldSet: text.slice(text.indexOf("{") + 1, text.lastIndexOf("}")) };
  }

  const renamed = visit(document, {
    enter(node, _key, _parent, _path, ancestors) {
      if (node.kind !== Kind.DIRECTIVE || node.name.value !== "join__field") return undefined;
      const [field, type] = [...ancestors].reverse().filter(isDefinition);
      const requires = node.arguments?.find(({ name }) => name.value === "requires")?.value;
      if (!field || !type || requires?.kind !== Kind.STRING) return undefined;
      const { names, fieldSet } = withStandIns(type.name.value, requires.value);
      if (names.length === 0) return undefined;
      const coordinate = `${type.name.value}.${field.name.value}`;
      byCoordinate.set(coordinate, [...(byCoordinate.get(coordinate) ?? []), ...names]);
      return withRequires(node as ConstDirectiveNode, fieldSet);
    },
  });
  const all = [...byKey.values()];
  const byName = new Map(all.map((required) => [required.name, required]));
  if (all.length === 0) return { document, byName, byCoordinate };
  const whole = visit(renamed, {
    enter: (node) => (isType(node) ? withFields(node, all) : undefined),
  });
  return { document: whole, byName, byCoordinate };
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
  const args = node.arguments?.map((argument) =>
    argument.name.value === "requires"
      ? { ...argument, value: { kind: Kind.STRING, value } as const }
      : argument,
  );
  return { ...node, ...(args && { arguments: args }) };
}

/** The type with a stand-in for each required field that it has. */
function withFields(type: Type, all: readonly RequiredField[]): Type {
  const own = [type.name.value, ...(type.interfaces ?? []).map(({ name }) => name.value)];
  const added = all.flatMap((required): FieldDefinitionNode[] => {
    const real = type.fields?.find(({ name }) => name.value === required.node.name.value);
    if (!real || !own.includes(required.type)) return [];
    return [{ ...real, name: { kind: Kind.NAME, value: required.name }, arguments: [] }];
  });
  return { ...type, fields: [...(type.fields ?? []), ...added] };
}
