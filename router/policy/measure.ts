// Measures the operations of a document before it is validated. A fragment counts at each of its
// spreads, but is measured once. A selection with `@include` or `@skip` counts in full. guard.ts
// compares the measures with the limits.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from "graphql";
import type { Limits } from "../limits/limits.ts";

export type Measures = Pick<Limits, (typeof MEASURED)[number]>;

export const MEASURED = [
  "selections",
  "depth",
  "introspectionDepth",
  "listDepth",
  "aliases",
  "rootFields",
  "credentialMutations",
  "directives",
] as const;

export interface MeasuredSchema {
  readonly schema: GraphQLSchema;
  /** The coordinates (`Mutation.a`) of the fields that try a credential. */
  readonly credentials: ReadonlySet<string>;
}

const NOTHING: Measures = {
  selections: 0,
  depth: 0,
  introspectionDepth: 0,
  listDepth: 0,
  aliases: 0,
  rootFields: 0,
  credentialMutations: 0,
  directives: 0,
};

interface Walk extends MeasuredSchema {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly measured: Map<string, Measures>;
}

type Parent = GraphQLNamedType | undefined;

/**
 * The measures of each operation, and of each fragment, because validation visits unused fragments
 * too. The document may be invalid.
 */
export function measure(measured: MeasuredSchema, document: DocumentNode): Measures[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
    if (node.kind === Kind.OPERATION_DEFINITION) operations.push(node);
  }
  const walk: Walk = { ...measured, fragments, measured: new Map() };
  const ofOperations = operations.map((node) => {
    const root = measured.schema.getRootType(node.operation) ?? undefined;
    const onVariables = (node.variableDefinitions ?? []).map(directivesOf);
    const inside = measureSelections(walk, node.selectionSet, root);
    return { ...inside, directives: inside.directives + directivesOf(node) + sumOf(onVariables) };
  });
  const ofFragments = [...fragments.keys()].map((name) => ({
    ...measureFragment(walk, name),
    rootFields: 0,
  }));
  return [...ofOperations, ...ofFragments];
}

function measureSelections(walk: Walk, { selections }: SelectionSetNode, parent: Parent): Measures {
  let whole = NOTHING;
  for (const selection of selections) {
    const part = measureSelection(walk, selection, parent);
    whole = {
      selections: whole.selections + part.selections,
      depth: Math.max(whole.depth, part.depth),
      introspectionDepth: Math.max(whole.introspectionDepth, part.introspectionDepth),
      listDepth: Math.max(whole.listDepth, part.listDepth),
      aliases: whole.aliases + part.aliases,
      rootFields: whole.rootFields + part.rootFields,
      credentialMutations: whole.credentialMutations + part.credentialMutations,
      directives: whole.directives + part.directives,
    };
  }
  return whole;
}

function measureSelection(walk: Walk, selection: SelectionNode, parent: Parent): Measures {
  const inside = insideOf(walk, selection, parent);
  return {
    ...inside,
    selections: inside.selections + 1,
    directives: inside.directives + directivesOf(selection),
  };
}

function insideOf(walk: Walk, selection: SelectionNode, parent: Parent): Measures {
  if (selection.kind === Kind.FIELD) return measureField(walk, selection, parent);
  if (selection.kind === Kind.FRAGMENT_SPREAD) return measureFragment(walk, selection.name.value);
  const type = selection.typeCondition?.name.value;
  const own = type === undefined ? parent : walk.schema.getType(type);
  return measureSelections(walk, selection.selectionSet, own);
}

/** A missing fragment, or one in a circle, counts as empty: validation refuses the document. */
function measureFragment(walk: Walk, name: string): Measures {
  const known = walk.measured.get(name);
  if (known) return known;
  const fragment = walk.fragments.get(name);
  if (!fragment) return NOTHING;
  walk.measured.set(name, NOTHING);
  const type = walk.schema.getType(fragment.typeCondition.name.value);
  const inside = measureSelections(walk, fragment.selectionSet, type);
  const whole = { ...inside, directives: inside.directives + directivesOf(fragment) };
  walk.measured.set(name, whole);
  return whole;
}

function measureField(walk: Walk, field: FieldNode, parent: Parent): Measures {
  const type = typeOf(field, parent);
  const inside = field.selectionSet
    ? measureSelections(walk, field.selectionSet, type && getNamedType(type))
    : NOTHING;
  const isMeta = isMetaField(field);
  const isInMeta = isMeta || parent?.name.startsWith("__") === true;
  const isCredential = parent && walk.credentials.has(`${parent.name}.${field.name.value}`);
  return {
    ...inside,
    depth: isInMeta ? 0 : inside.depth + 1,
    introspectionDepth: isInMeta ? inside.introspectionDepth + 1 : inside.introspectionDepth,
    listDepth: inside.listDepth + (type ? listsIn(type) : 0),
    aliases: inside.aliases + (field.alias ? 1 : 0),
    rootFields: 1,
    credentialMutations: inside.credentialMutations + (isCredential ? 1 : 0),
  };
}

function isMetaField({ name: { value } }: FieldNode): boolean {
  return value === SchemaMetaFieldDef.name || value === TypeMetaFieldDef.name;
}

function typeOf(field: FieldNode, parent: Parent): GraphQLOutputType | undefined {
  const name = field.name.value;
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef.type;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef.type;
  return isObjectType(parent) || isInterfaceType(parent)
    ? parent.getFields()[name]?.type
    : undefined;
}

function listsIn(type: GraphQLOutputType): number {
  const nullable = getNullableType(type);
  return isListType(nullable) ? 1 + listsIn(nullable.ofType) : 0;
}

function directivesOf({ directives }: { readonly directives?: readonly unknown[] | undefined }) {
  return directives?.length ?? 0;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
