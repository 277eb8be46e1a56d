// What is refused before an operation runs: an operation that is not there, a subscription where
// none can be streamed, a condition on its root, variables that break the contract. How much an
// operation may ask for is not here.
import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { badInput, fail } from "#kit/errors";
import { describeReceived } from "#kit/input/formats";
import { hasConditionalRoot } from "../document/conditions.ts";
import type { Limits } from "../limits/limits.ts";
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
