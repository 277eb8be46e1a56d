// Collects the fields that an operation selects of one object, through all fragments.
// https://spec.graphql.org/October2021/#sec-Field-Collection
import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import type { Fragments } from "./fragments.ts";
import { responseName } from "./names.ts";

/** The parts of a request that decide which fields are selected. */
export interface Selecting {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  /** Whether the conditions of a selection hold. */
  isIncluded(node: SelectionNode): boolean;
}

/** The fields of an object of `type`, by response name, in the order of the answer. */
export function selectedFields(
  selecting: Selecting,
  sets: readonly SelectionSetNode[],
  type: GraphQLCompositeType,
  fields = new Map<string, FieldNode[]>(),
): Map<string, FieldNode[]> {
  const { schema, fragments } = selecting;
  for (const node of sets.flatMap(({ selections }) => selections)) {
    if (!selecting.isIncluded(node)) continue;
    if (node.kind === Kind.FIELD) {
      const key = responseName(node);
      const known = fields.get(key);
      if (known) known.push(node);
      else fields.set(key, [node]);
      continue;
    }
    const isInline = node.kind === Kind.INLINE_FRAGMENT;
    const fragment = isInline ? node : fragments.get(node.name.value);
    if (!fragment) continue;
    const condition = schema.getType(fragment.typeCondition?.name.value ?? type.name);
    if (!isCompositeType(condition) || !isWithin(schema, type, condition)) continue;
    selectedFields(selecting, [fragment.selectionSet], type, fields);
  }
  return fields;
}

/** Whether every object of type `own` is also one of `type`. */
export function isWithin(
  schema: GraphQLSchema,
  own: GraphQLCompositeType,
  type: GraphQLCompositeType,
): boolean {
  if (own === type) return true;
  return (
    isAbstractType(type) &&
    (isObjectType(own) || isInterfaceType(own)) &&
    schema.isSubType(type, own)
  );
}
