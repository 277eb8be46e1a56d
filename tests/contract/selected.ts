// Which fields of a schema documents select. An object's field is selected wherever that object can
// be there, so `... on Problem { reason }` selects the reason of each problem of that union.
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";

/** All fields of a schema as coordinates, such as `User.email`; those of interfaces as well. */
export function fieldsOf(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => (isObjectType(type) || isInterfaceType(type)) && !isIntrospectionType(type))
    .flatMap((type) => Object.keys(fieldMap(type)).map((field) => `${type.name}.${field}`));
}

/** The state of a walk: the found fields, and for each fragment the objects it was read for. */
interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly selected: Set<string>;
  readonly spread: Set<string>;
}

type Objects = readonly GraphQLObjectType[];

/** The coordinates that the documents select; what does not fit the schema is passed over. */
export function selectedFields(
  schema: GraphQLSchema,
  documents: readonly DocumentNode[],
): Set<string> {
  const selected = new Set<string>();
  for (const { definitions } of documents) {
    const fragments = new Map<string, FragmentDefinitionNode>();
    for (const node of definitions) {
      if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
    }
    const walk = { schema, fragments, selected, spread: new Set<string>() };
    for (const node of definitions) {
      if (node.kind !== Kind.OPERATION_DEFINITION) continue;
      const root = schema.getRootType(node.operation);
      if (root) collect(walk, node.selectionSet, root, [root]);
    }
  }
  return selected;
}

/** Of `objects` one is there, which is seen through the type `parent`. */
function collect(
  walk: Walk,
  { selections }: SelectionSetNode,
  parent: GraphQLNamedType,
  objects: Objects,
): void {
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD) {
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
      const fragment = isSpread ? walk.fragments.get(selection.name.value) : selection;
      if (!fragment || (isSpread && isKnown(walk, selection.name.value, objects))) continue;
      const name = fragment.typeCondition?.name.value;
      const type = name === undefined ? parent : walk.schema.getType(name);
      if (!type) continue;
      const fitting = objectsOf(walk.schema, type).filter((each) => objects.includes(each));
      collect(walk, fragment.selectionSet, type, fitting);
      continue;
    }
    const field = fieldMap(parent)[selection.name.value];
    if (!field || objects.length === 0) continue;
    for (const { name } of [parent, ...objects]) walk.selected.add(`${name}.${field.name}`);
    const type = getNamedType(field.type);
    const found = objectsOf(walk.schema, type);
    if (selection.selectionSet) collect(walk, selection.selectionSet, type, found);
  }
}

/** True for a fragment that was read for these objects before, which also ends a circle. */
function isKnown({ spread }: Walk, name: string, objects: Objects): boolean {
  const key = `${name} ${objects.map(String).sort()}`;
  if (spread.has(key)) return true;
  spread.add(key);
  return false;
}

function objectsOf(schema: GraphQLSchema, type: GraphQLNamedType): Objects {
  if (isAbstractType(type)) return schema.getPossibleTypes(type);
  return isObjectType(type) ? [type] : [];
}

function fieldMap(type: GraphQLNamedType) {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
}
