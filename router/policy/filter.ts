// Removes the fields that an access does not grant from an operation, before it is planned.
// restore.ts puts them back into the answer, as null with an error.
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  separateOperations,
} from "graphql";
import { invariant } from "#kit/invariant";
import type { Fragments } from "../document/fragments.ts";
import { unusedName } from "../document/names.ts";
import type { Access } from "./access.ts";

/** An operation without the denied fields. */
export interface FilteredOperation {
  /** The operation and the fragments that it still spreads. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** The response name of `__typename` in each object below which a field was removed. */
  readonly typeKey: string;
}

type ObjectTypes = readonly GraphQLObjectType[];

/** The type that fields are selected on, and the object types that are possible there. */
interface Parent {
  readonly type: string;
  readonly objects: ObjectTypes;
}

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  /** The response name for `__typename`, computed when it is first needed. */
  typeKey(): string;
  isAnythingDenied: boolean;
}

/**
 * Filters an operation of a valid document that is within the limits of measure.ts. Null if nothing
 * is denied. A field that only some of the possible object types grant is selected on those alone.
 */
export function filterOperation(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Fragments,
  access: Access,
): FilteredOperation | null {
  const root = schema.getRootType(operation.operation);
  invariant(root, "an operation has no root type", { operation: operation.operation });
  let found: string | null = null;
  const typeKey = () => {
    found ??= unusedName("objectType", [operation, ...fragments.values()]);
    return found;
  };
  const walk: Walk = { schema, fragments, typeKey, isAnythingDenied: false };
  const rootParent = { type: root.name, objects: [root] };
  const selectionSet = filterSet(walk, operation.selectionSet, rootParent, access);
  if (!walk.isAnythingDenied) return null;
  const filtered = { ...operation, selectionSet };
  const definitions = [filtered, ...fragments.values()];
  const [document] = Object.values(separateOperations({ kind: Kind.DOCUMENT, definitions }));
  invariant(document, "a filtered operation has no document");
  return { document, operation: filtered, typeKey: typeKey() };
}

/** The same set if nothing is denied; an empty one if everything is. */
function filterSet(
  walk: Walk,
  set: SelectionSetNode,
  parent: Parent,
  access: Access,
): SelectionSetNode {
  const selections = set.selections.flatMap((each) => filter(walk, each, parent, access));
  const isSame =
    selections.length === set.selections.length &&
    selections.every((each, at) => each === set.selections[at]);
  return isSame ? set : { ...set, selections };
}

function filter(
  walk: Walk,
  selection: SelectionNode,
  parent: Parent,
  access: Access,
): readonly SelectionNode[] {
  if (selection.kind === Kind.FIELD) return filterField(walk, selection, parent, access);
  const isInline = selection.kind === Kind.INLINE_FRAGMENT;
  const fragment = isInline ? selection : walk.fragments.get(selection.name.value);
  invariant(fragment, "a valid document spreads a missing fragment");
  const { typeCondition, selectionSet } = fragment;
  const matching = typeCondition ? only(walk.schema, parent, typeCondition.name.value) : parent;
  if (matching.objects.length === 0) return [];
  const inside = filterSet(walk, selectionSet, matching, access);
  if (inside === selectionSet) return [selection];
  if (inside.selections.length === 0) return [];
  const { directives = [] } = selection;
  return [inlined(matching.type, inside, directives)];
}

function filterField(
  walk: Walk,
  node: FieldNode,
  { type, objects }: Parent,
  access: Access,
): readonly SelectionNode[] {
  const name = node.name.value;
  if (isMeta(node)) return [node];
  const granting = objects.filter((each) => !access.refusalOf(each.name, name));
  const isGranted = granting.length === objects.length;
  if (!isGranted) walk.isAnythingDenied = true;
  const [first] = granting;
  if (!first) return [];
  const below = access.below(first.name, name);
  if (isGranted && granting.every((each) => access.below(each.name, name) === below)) {
    return [filterBelow(walk, node, { type, objects }, below)];
  }
  return granting.map((object) => {
    const parent = { type, objects: [object] };
    const field = filterBelow(walk, node, parent, access.below(object.name, name));
    // On the same type as before: the field types of the objects may differ too much to be merged.
    const selections = [inlined(type, { kind: Kind.SELECTION_SET, selections: [field] })];
    return inlined(object.name, { kind: Kind.SELECTION_SET, selections });
  });
}

function filterBelow(walk: Walk, node: FieldNode, parent: Parent, access: Access): FieldNode {
  if (!node.selectionSet) return node;
  const name = node.name.value;
  const types = parent.objects.flatMap((object) => object.getFields()[name]?.type ?? []);
  const objects = new Set(types.flatMap((type) => objectsOf(walk.schema, type)));
  const own = walk.schema.getType(parent.type);
  invariant(isObjectType(own) || isInterfaceType(own), "a type has no fields", { name });
  const type = own.getFields()[name]?.type;
  invariant(type, "a valid document selects a missing field", { name });
  const below = { type: getNamedType(type).name, objects: [...objects] };
  const inside = filterSet(walk, node.selectionSet, below, access);
  if (inside === node.selectionSet) return node;
  const selections = [typeField(walk.typeKey()), ...inside.selections];
  return { ...node, selectionSet: { ...inside, selections } };
}

function inlined(
  type: string,
  selectionSet: SelectionSetNode,
  directives: readonly DirectiveNode[] = [],
): InlineFragmentNode {
  const name = { kind: Kind.NAME, value: type } as const;
  const typeCondition = { kind: Kind.NAMED_TYPE, name } as const;
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet };
}

function objectsOf(schema: GraphQLSchema, type: GraphQLOutputType): ObjectTypes {
  const named = getNamedType(type);
  if (isAbstractType(named)) return schema.getPossibleTypes(named);
  return isObjectType(named) ? [named] : [];
}

function only(schema: GraphQLSchema, { objects }: Parent, condition: string): Parent {
  const wanted = schema.getType(condition);
  const isWanted = (object: GraphQLObjectType) =>
    object === wanted || (isAbstractType(wanted) && schema.isSubType(wanted, object));
  return { type: condition, objects: objects.filter(isWanted) };
}

/** `__typename` and introspection, which are not a matter of authorization. */
function isMeta({ name: { value } }: FieldNode): boolean {
  return value.startsWith("__");
}

function typeField(key: string): FieldNode {
  return {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: key },
    name: { kind: Kind.NAME, value: "__typename" },
  };
}
