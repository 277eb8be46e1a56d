// The executor that Apollo Server calls for each accepted operation of both transports. It removes
// what the client may not read, then plans. It runs queries and mutations; it hands a planned
// subscription to the transport.
import { randomUUID } from "node:crypto";
import type { GatewayExecutor } from "@apollo/server-gateway-interface";
import { type ExecutionResult, GraphQLError } from "graphql";
import { invariant } from "#kit/invariant";
import type { Operation } from "../document/operation.ts";
import { asGraphQLError } from "../errors/errors.ts";
import type { AcceptedOperation } from "../policy/authorization.ts";
import type { Restore } from "../policy/restore.ts";
import { createRecordAccepted } from "./accepted-credentials.ts";
import type { RouterContext } from "./context.ts";
import type { Data } from "./data.ts";
import { type ExecutorOptions, execute } from "./execute.ts";
import { createPlanner, type Plan } from "./plan.ts";
import { planSubscription } from "./subscription.ts";

const UNCHANGED: Restore = (answer) => answer;

/** An error of the planner becomes the only error of the answer. */
function planOrError(plan: () => Plan): Plan | GraphQLError {
  try {
    return plan();
  } catch (error) {
    return asGraphQLError(error);
  }
}

/** The executor of one generation of the graph. */
export function createExecutor(options: ExecutorOptions): GatewayExecutor {
  const { supergraph, authorize } = options;
  const planOf = createPlanner(supergraph);
  const recordAccepted = createRecordAccepted(supergraph.fullSchema);
  const subscriptionOptions = { ...options, generation: randomUUID() };

  async function run(
    accepted: AcceptedOperation,
    operation: Operation,
    restore: Restore,
    context: RouterContext,
  ): Promise<ExecutionResult> {
    const { variables } = accepted;
    const planning = context.span?.child("plan");
    const plan = planOrError(() => planOf(operation, variables));
    planning?.end(plan instanceof GraphQLError ? "refused" : undefined);
    if (plan instanceof GraphQLError) return { data: null, errors: [plan] };
    const permitted = { plan, variables, restore };
    if (operation.definition.operation !== "subscription") {
      const data: Data = {};
      const answer = await execute(options, permitted, context, { data, errors: [] });
      recordAccepted(plan.shape, data, answer.data);
      return answer;
    }
    const { accept } = context;
    invariant(accept, "a subscription was accepted on a transport that cannot stream");
    accept(planSubscription(subscriptionOptions, permitted, accepted, context.traceId));
    return { data: null };
  }

  return async (request) => {
    const { document, operation: definition } = request;
    const { variables = {} } = request.request;
    const context = request.context as RouterContext;
    const { identity } = context;
    const accepted = { document, operation: definition, variables, identity };
    const authorizing = context.span?.child("authorize");
    const authorization = authorize(accepted);
    authorizing?.end();
    switch (authorization.kind) {
      case "refused":
        return authorization.answer;
      case "granted":
        return run(accepted, { document, definition }, UNCHANGED, context);
      case "filtered": {
        const { document: own, operation } = authorization.permitted;
        const permitted = { document: own, definition: operation };
        return run(accepted, permitted, authorization.restore, context);
      }
    }
  };
}
