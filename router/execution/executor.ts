// The one executor of the router, called by Apollo Server for every admitted operation of both
// transports. What the asker may not read is taken out before. Queries and mutations it answers; a
// subscription it plans and hands to the transport, with the means to complete its events.
import { randomUUID } from "node:crypto";
import type { GatewayExecutor } from "@apollo/server-gateway-interface";
import { type ExecutionResult, GraphQLError } from "graphql";
import { invariant } from "#kit/invariant";
import type { Operation } from "../document/operation.ts";
import { asGraphQLError } from "../errors/errors.ts";
import type { AdmittedOperation } from "../policy/authorization.ts";
import type { Restore } from "../policy/restore.ts";
import { createNote } from "./accepted-credentials.ts";
import type { RouterContext } from "./context.ts";
import type { Data } from "./data.ts";
import { type ExecutorOptions, execute } from "./execute.ts";
import { createPlanner, type Plan } from "./plan.ts";
import { planSubscription } from "./subscription.ts";

const AS_IT_IS: Restore = (answer) => answer;

/** Where no way leads to what is asked for, that is the one error of the answer. */
function plannedOr(plan: () => Plan): Plan | GraphQLError {
  try {
    return plan();
  } catch (error) {
    return asGraphQLError(error);
  }
}

/** An executor over one generation of the graph. */
export function createExecutor(options: ExecutorOptions): GatewayExecutor {
  const { supergraph, authorize } = options;
  const planOf = createPlanner(supergraph);
  const noteAccepted = createNote(supergraph.fullSchema);
  const subscribing = { ...options, generation: randomUUID() };

  async function run(
    admitted: AdmittedOperation,
    operation: Operation,
    restore: Restore,
    context: RouterContext,
  ): Promise<ExecutionResult> {
    const { variables } = admitted;
    const plan = plannedOr(() => planOf(operation, variables));
    if (plan instanceof GraphQLError) return { data: null, errors: [plan] };
    const permitted = { plan, variables, restore };
    if (operation.definition.operation !== "subscription") {
      const data: Data = {};
      const answer = await execute(options, permitted, context, { data, errors: [] });
      noteAccepted(plan.shape, data, answer.data);
      return answer;
    }
    const { accept } = context;
    invariant(accept, "a subscription was admitted where none can be streamed");
    accept(planSubscription(subscribing, permitted, admitted, context.traceId));
    return { data: null };
  }

  return async (request) => {
    const { document, operation: definition } = request;
    const { variables = {} } = request.request;
    const context = request.context as RouterContext;
    const { identity } = context;
    const admitted = { document, operation: definition, variables, identity };
    const authorization = authorize(admitted);
    switch (authorization.kind) {
      case "refused":
        return authorization.answer;
      case "granted":
        return run(admitted, { document, definition }, AS_IT_IS, context);
      case "filtered": {
        const { document: own, operation } = authorization.permitted;
        const permitted = { document: own, definition: operation };
        return run(admitted, permitted, authorization.restore, context);
      }
    }
  };
}
