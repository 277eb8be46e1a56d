// Refuses an operation that cannot run: it is missing, it is a subscription on a transport that
// cannot stream or with a condition on its root, or its variables are wrong. guard.ts has the
// limits.
import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { badInput, fail } from "#kit/errors";
import { describeReceived } from "#kit/input/formats";
import { hasConditionalRoot } from "../document/conditions.ts";
import type { Limits } from "../limits/limits.ts";
import { variableViolations } from "./variables.ts";

/** `operation` is undefined if the document has none with `operationName`. */
export interface IncomingOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly canStream: boolean;
}

/** The error for an operation that must not run; null if it may. */
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
 * Needed in two places: graphql-js throws during validation if such a condition is a variable.
 */
export function conditionalRootRefusal(): GraphQLError {
  return fail(
    "BAD_USER_INPUT",
    "The root field of a subscription must not carry @include or @skip.",
  );
}
