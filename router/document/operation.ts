// An operation of a client's document, and the values of its variables.
import { type DocumentNode, Kind, type OperationDefinitionNode } from "graphql";
import { invariant } from "#kit/invariant";

/** An operation of a valid document. */
export interface Operation {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
}

/** Values by the names of the variables. */
export type Variables = Readonly<Record<string, unknown>>;

/** The operation of this name, or the one without a name. Throws if the document has none. */
export function operationNamed(
  document: DocumentNode,
  name: string | undefined,
): OperationDefinitionNode {
  const definition = document.definitions.find(
    (each) => each.kind === Kind.OPERATION_DEFINITION && each.name?.value === name,
  );
  invariant(definition?.kind === Kind.OPERATION_DEFINITION, "a document has no operation");
  return definition;
}
