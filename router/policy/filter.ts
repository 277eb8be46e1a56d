// Takes out of an operation what an access does not reach, before anything is planned, and leaves
// the rest as it was. What is gone must be put back as null with an error: see restore.ts.
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

/** An operation without what its asker may not read. */
export interface FilteredOperation {
  /** That operation and the fragments that it still spreads. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Under which key each object tells its type, if something was selected of it and taken out. */
  readonly typeKey: string;
}

type ObjectTypes = readonly GraphQLObjectType[];

/** Where something is selected: of which type, and which objects can be there. */
interface Place {
  readonly type: string;
  readonly objects: ObjectTypes;
}

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  /** Under which key an object tells its type. Few operations need one, so it is found late. */
  typeKey(): string;
  isAnythingDenied: boolean;
}

/**
 * Filters an operation of a valid document, whose fragments must not double without end. Null when
 * everything in it may be asked for. A field is judged on each object type that can be there: one
 * that only some of them grant is asked of those alone.
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
  const rootPlace = { type: root.name, objects: [root] };
  const selectionSet = filterSet(walk, operation.selectionSet, rootPlace, access);
  if (!walk.isAnythingDenied) return null;
  const filtered = { ...operation, selectionSet };
  const definitions = [filtered, ...fragments.values()];
  const [document] = Object.values(separateOperations({ kind: Kind.DOCUMENT, definitions }));
  invariant(document, "an operation was lost");
  return { document, operation: filtered, typeKey: typeKey() };
}

/** The same set if nothing was taken out of it; without selections if all was. */
function filterSet(
  walk: Walk,
  set: SelectionSetNode,
  place: Place,
  access: Access,
): SelectionSetNode {
  const selections = set.selections.flatMap((each) => filter(walk, each, place, access));
  const isSame =
    selections.length === set.selections.length &&
    selections.every((each, at) => each === set.selections[at]);
  return isSame ? set : { ...set, selections };
}

function filter(
  walk: Walk,
  selection: SelectionNode,
  place: Place,
  access: Access,
): readonly SelectionNode[] {
  if (selection.kind === Kind.FIELD) return filterField(walk, selection, place, access);
  const isInline = selection.kind === Kind.INLINE_FRAGMENT;
  const fragment = isInline ? selection : walk.fragments.get(selection.name.value);
  invariant(fragment, "a valid document spreads a fragment that is not there");
  const { typeCondition, selectionSet } = fragment;
  const matching = typeCondition ? only(walk.schema, place, typeCondition.name.value) : place;
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
  { type, objects }: Place,
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
    const place = { type, objects: [object] };
    const field = filterBelow(walk, node, place, access.below(object.name, name));
    // Selected of the same type as before: those of the objects may differ too much to be merged.
    const selections = [inlined(type, { kind: Kind.SELECTION_SET, selections: [field] })];
    return inlined(object.name, { kind: Kind.SELECTION_SET, selections });
  });
}

/** Filters what is selected below a field. */
function filterBelow(walk: Walk, node: FieldNode, parent: Place, access: Access): FieldNode {
  if (!node.selectionSet) return node;
  const name = node.name.value;
  const types = parent.objects.flatMap((object) => object.getFields()[name]?.type ?? []);
  const objects = new Set(types.flatMap((type) => objectsOf(walk.schema, type)));
  const own = walk.schema.getType(parent.type);
  invariant(isObjectType(own) || isInterfaceType(own), "a field of what has none", { name });
  const type = own.getFields()[name]?.type;
  invariant(type, "a valid document selects a field that is not there", { name });
  const place = { type: getNamedType(type).name, objects: [...objects] };
  const inside = filterSet(walk, node.selectionSet, place, access);
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

function only(schema: GraphQLSchema, { objects }: Place, condition: string): Place {
  const wanted = schema.getType(condition);
  const isWanted = (object: GraphQLObjectType) =>
    object === wanted || (isAbstractType(wanted) && schema.isSubType(wanted, object));
  return { type: condition, objects: objects.filter(isWanted) };
}

/** `__typename` and introspection, which everybody may ask for where they are open at all. */
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
