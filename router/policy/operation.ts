// What is refused before an operation runs: an operation that is not there, a subscription where
// none can be streamed, a condition on its root, variables that break the contract. How much an
// operation may ask for is not here.
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { badInput, fail } from "#kit/errors";
import { describeReceived } from "#kit/input/formats";
import type { Limits } from "./limits.ts";
import { variableViolations } from "./variables.ts";

/** An operation as it arrived; `operation` is missing when the document has none of that name. */
export interface IncomingOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly canStream: boolean;
}

/** The reason not to run an operation, or null. */
export function refusalOf(
  incoming: IncomingOperation,
  schema: GraphQLSchema,
  limits: Pick<Limits, "validationErrors">,
): GraphQLError | null {
  const { document, operation, operationName, variables } = incoming;
  if (!operation) return unknownOperation(operationName);
  if (operation.operation === "subscription") {
    if (!incoming.canStream) {
      return fail(
        "BAD_REQUEST",
        "Subscriptions are served over WebSocket at this address (subprotocol graphql-transport-ws).",
      );
    }
    if (hasConditionalRoot(document)) return conditionalRootRefusal();
  }
  const [first, ...others] = variableViolations(
    schema,
    operation,
    variables,
    limits.validationErrors,
  );
  return first ? badInput([first, ...others]) : null;
}

function unknownOperation(name: string | undefined): GraphQLError {
  const why =
    name === undefined
      ? "The document has several operations or none: name one in `operationName`."
      : `The document has no operation named ${describeReceived(name, false).text}.`;
  return fail("OPERATION_RESOLUTION_FAILURE", why);
}

/**
 * Validation throws on such a root when the condition is a variable, so this refusal is needed in
 * two places.
 */
export function conditionalRootRefusal(): GraphQLError {
  return fail(
    "BAD_USER_INPUT",
    "The root field of a subscription must not carry @include or @skip.",
  );
}

/** True when the root field of a subscription in this document depends on `@include` or `@skip`. */
export function hasConditionalRoot(document: DocumentNode): boolean {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  return document.definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.operation === "subscription" &&
      isConditional(definition.selectionSet, fragments),
  );
}

/**
 * Takes each fragment out of `fragments` as it goes through it, so that a circle of fragments ends.
 */
function isConditional(
  selectionSet: SelectionSetNode,
  fragments: Map<string, FragmentDefinitionNode>,
): boolean {
  return selectionSet.selections.some((selection) => {
    const names = selection.directives?.map((directive) => directive.name.value) ?? [];
    if (names.includes("include") || names.includes("skip")) return true;
    if (selection.kind === Kind.FIELD) return false;
    if (selection.kind === Kind.INLINE_FRAGMENT)
      return isConditional(selection.selectionSet, fragments);
    const fragment = fragments.get(selection.name.value);
    fragments.delete(selection.name.value);
    return fragment !== undefined && isConditional(fragment.selectionSet, fragments);
  });
}
