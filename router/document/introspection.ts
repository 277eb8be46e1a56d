// Tells introspection, `__schema` and `__type`, from all other fields and fragments of a document.
// https://spec.graphql.org/October2021/#sec-Schema-Introspection
import type { FieldNode, FragmentDefinitionNode } from "graphql";

const FIELDS: readonly string[] = ["__schema", "__type"];

/** True for `__schema` and `__type`. No other type or field may have a name with `__` in front. */
export function isIntrospection({ name }: FieldNode): boolean {
  return FIELDS.includes(name.value);
}

/** True for a fragment on a type of introspection. Only fields of introspection can spread it. */
export function isOnIntrospection({ typeCondition }: FragmentDefinitionNode): boolean {
  return typeCondition.name.value.startsWith("__");
}
