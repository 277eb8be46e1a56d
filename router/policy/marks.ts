// Reads from the composed schema what its directives say of fields, for the limits. Clients do not
// see these directives, and documents are validated without them.
import { type GraphQLSchema, isObjectType } from "graphql";

/** Coordinates of the fields that carry `@credential`. */
export function credentialsOf(schema: GraphQLSchema): Set<string> {
  return new Set(
    Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type)
        ? Object.values(type.getFields())
            .filter(({ astNode }) => astNode?.directives?.some(isCredential))
            .map(({ name }) => `${type.name}.${name}`)
        : [],
    ),
  );
}

function isCredential({ name }: { readonly name: { readonly value: string } }): boolean {
  return name.value === "credential";
}
