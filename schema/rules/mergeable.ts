// The rule of mergeable members: one operation may select all fields of all members of a union, or
// of all implementations of an interface. GraphQL refuses that if two members have a field of one
// name with different shapes ("Field Selection Merging", section 5.3.2 of its specification).
import { type DocumentNode, type FieldDefinitionNode, Kind, print, type TypeNode } from "graphql";
import {
  compositeTypesOf,
  type Element,
  type Finding,
  fieldsOf,
  finder,
  namedTypeOf,
  objectTypesOf,
} from "./walk.ts";

type Field = Element<FieldDefinitionNode>;

const report = finder("mergeable");

export function mergeable(document: DocumentNode): Finding[] {
  const composites = compositeTypesOf(document);
  const fields = fieldsOf(document);
  return [...familiesOf(document)].flatMap(([family, members]) => {
    const firsts = new Map<string, Field>();
    return fields
      .filter(({ owner }) => members.includes(owner))
      .flatMap((field) => {
        const first = firsts.get(field.name);
        if (first) return clash(family, first, field, composites);
        firsts.set(field.name, field);
        return [];
      });
  });
}

/** The members of each union, and the implementations of each interface, by its name. */
function familiesOf(document: DocumentNode): Map<string, readonly string[]> {
  const families = new Map<string, string[]>();
  for (const node of document.definitions) {
    if (node.kind !== Kind.UNION_TYPE_DEFINITION) continue;
    families.set(
      node.name.value,
      (node.types ?? []).map(({ name }) => name.value),
    );
  }
  for (const { name, interfaces = [] } of objectTypesOf(document)) {
    for (const { name: family } of interfaces) {
      const members = families.get(family.value) ?? [];
      families.set(family.value, [...members, name.value]);
    }
  }
  return families;
}

function clash(
  family: string,
  first: Field,
  other: Field,
  composites: ReadonlySet<string>,
): Finding[] {
  const isMergeable = shapeOf(first.node.type) === shapeOf(other.node.type);
  if (isMergeable) return [];
  const types = `is ${print(other.node.type)}, but ${first.coordinate} is ${print(first.node.type)}`;
  const message = `${types}: an operation cannot select both from ${family}`;
  return [report(other.node, other.coordinate, message)];

  /** Objects of different types merge field by field; everything else must be the same. */
  function shapeOf(type: TypeNode): string {
    const name = namedTypeOf(type);
    return composites.has(name) ? print(type).replace(name, "{}") : print(type);
  }
}
