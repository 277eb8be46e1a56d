// What is selected of an object of a type, whatever fragments it stands in. It judges no value.
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
import type { Fragments } from "../policy/fragments.ts";

export interface Selecting {
  readonly schema: GraphQLSchema;
  readonly fragments: Fragments;
  /** Whether the conditions of a selection hold. */
  isIncluded(node: SelectionNode): boolean;
}

/** The fields that an object of `type` has, by response name, in the order of the answer. */
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
      const key = (node.alias ?? node.name).value;
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

/** Whether all values of one type may be of the other. */
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
