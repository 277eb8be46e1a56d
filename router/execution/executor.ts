// The one executor of the router, called by Apollo Server for every admitted operation of both
// transports. What the asker may not read is taken out before. Queries and mutations it answers; a
// subscription it plans and hands to the transport, with the means to complete its events.
import { randomUUID } from "node:crypto";
import type {
  GatewayExecutor,
  GatewayGraphQLRequestContext,
} from "@apollo/server-gateway-interface";
import type { ExecutionResult } from "graphql";
import { invariant } from "#kit/invariant";
import type { RouterContext } from "../context.ts";
import type { Restore } from "../policy/restore.ts";
import { type ExecutorOptions, execute } from "./execute.ts";
import { createPlanner, type Operation } from "./plan.ts";
import { planSubscription } from "./subscribe.ts";

/** An executor over one generation of the graph. */
export function createExecutor(options: ExecutorOptions): GatewayExecutor {
  const { supergraph, authorize } = options;
  const planOf = createPlanner(supergraph);
  const generation = randomUUID();

  async function run(
    request: GatewayGraphQLRequestContext,
    operation: Operation,
    restore: Restore,
  ): Promise<ExecutionResult> {
    const permitted = { plan: planOf(operation), request, restore };
    if (request.operation.operation !== "subscription") {
      const { variables = {} } = request.request;
      const data = permitted.plan.introspect(variables);
      return execute(options, permitted, { data, errors: [] });
    }
    const { accept } = request.context as RouterContext;
    invariant(accept, "a subscription was admitted where none can be streamed");
    accept(planSubscription({ ...options, generation }, permitted));
    return { data: null };
  }

  return async (request) => {
    const { document, operation: definition } = request;
    const { variables = {} } = request.request;
    const { identity } = request.context as RouterContext;
    const admitted = { document, operation: definition, variables, identity };
    const authorization = authorize(admitted);
    switch (authorization.kind) {
      case "refused":
        return authorization.answer;
      case "granted":
        return run(request, { document, definition }, (answer) => answer);
      case "filtered": {
        const { document: own, operation } = authorization.permitted;
        return run(request, { document: own, definition: operation }, authorization.restore);
      }
    }
  };
}
