// The one executor of the router, called by Apollo Server for every admitted operation of both
// transports. What the asker may not read is taken out before. Queries and mutations it answers; a
// subscription it plans and hands to the transport, with the means to complete its events.
import { executeQueryPlan } from "@apollo/gateway";
import type {
  GatewayExecutionResult,
  GatewayExecutor,
  GatewayGraphQLRequestContext,
} from "@apollo/server-gateway-interface";
import type { ExecutionResult, FormattedExecutionResult } from "graphql";
import { invariant } from "#kit/invariant";
import type { Log } from "#kit/log";
import type { RouterContext } from "../context.ts";
import { asGraphQLError, clientError, logErrors } from "../errors.ts";
import type { Authorize } from "../policy/authorization.ts";
import type { Restore } from "../policy/restore.ts";
import type { Supergraph } from "../supergraph.ts";
import {
  createPlanner,
  EVENT_SERVICE,
  type PlannedSubscription,
  type SubscriptionPlan,
} from "./plan.ts";

/** What may be run of a client's request, and how its answers become answers to all of that. */
interface Permitted {
  readonly request: GatewayGraphQLRequestContext;
  readonly restore: Restore;
}

/** An executor over one generation of the graph, of which `authorize` says what may be read. */
export function createExecutor(
  supergraph: Supergraph,
  authorize: Authorize,
  log: Log,
): GatewayExecutor {
  const plan = createPlanner(supergraph);

  async function run(permitted: Permitted): Promise<GatewayExecutionResult> {
    const { request, restore } = permitted;
    if (request.operation.operation !== "subscription") {
      return restore(withAllErrors(await supergraph.execute(request)));
    }
    const { accept } = request.context as RouterContext;
    invariant(accept, "a subscription was admitted where none can be streamed");
    accept(subscriptionOf(supergraph, plan(request), permitted, log));
    return { data: null };
  }

  return async (request) => {
    const { document, operation } = request;
    const { variables = {} } = request.request;
    const { identity } = request.context as RouterContext;
    const authorization = authorize({ document, operation, variables, identity });
    switch (authorization.kind) {
      case "refused":
        return authorization.answer;
      case "granted":
        return run({ request, restore: (answer) => answer });
      case "filtered":
        return run({
          request: { ...request, ...authorization.permitted },
          restore: authorization.restore,
        });
    }
  };
}

function subscriptionOf(
  supergraph: Supergraph,
  plan: SubscriptionPlan,
  permitted: Permitted,
  log: Log,
): PlannedSubscription {
  const { primary } = plan;
  const { request, context, operationName } = permitted.request;
  const { variables = {} } = request;
  const { traceId } = context as RouterContext;
  const used = primary.variableUsages ?? [];
  return {
    subgraph: primary.serviceName,
    query: primary.operation,
    operationName: primary.operationName,
    variables: Object.fromEntries(
      used.flatMap((name) => (Object.hasOwn(variables, name) ? [[name, variables[name]]] : [])),
    ),
    async complete(event) {
      const result = await completeEvent(supergraph, plan, permitted, event);
      if (!result.errors) return result;
      logErrors(log, result.errors, { traceId, operationName });
      return { ...result, errors: result.errors.map((error) => clientError(error, traceId)) };
    },
  };
}

/** Runs the plan of one event, with a context and a deadline of its own. */
async function completeEvent(
  supergraph: Supergraph,
  { eventPlan, operationContext }: SubscriptionPlan,
  { request, restore }: Permitted,
  event: FormattedExecutionResult,
): Promise<ExecutionResult> {
  const services = Object.create(supergraph.services, {
    [EVENT_SERVICE]: { value: { process: async () => answerOf(event) } },
  });
  const context: RouterContext = {
    ...(request.context as RouterContext),
    startedAt: Date.now(),
  };
  try {
    const result = await executeQueryPlan(
      eventPlan,
      services,
      { ...request, context, metrics: {} },
      operationContext,
      supergraph.fullSchema,
      supergraph.api,
    );
    return restore(withAllErrors(result));
  } catch (error) {
    return { data: null, errors: [asGraphQLError(error)] };
  }
}

/** A copy: the executor merges the rest of the answer into what it is given. */
function answerOf({ data, errors }: FormattedExecutionResult) {
  return structuredClone({ data: data ?? null, ...(errors && { errors }) });
}

/**
 * An entity that is gone leaves null in a field that may be null, without an error: the gateway
 * says so in its extensions alone. When nothing is left of the answer, that becomes its error. The
 * gateway also lets errors through that are not GraphQL's.
 */
function withAllErrors(result: GatewayExecutionResult): GatewayExecutionResult {
  const hidden: unknown = result.data === null ? result.extensions?.valueCompletion : [];
  const errors = [...(result.errors ?? []), ...(Array.isArray(hidden) ? hidden : [])];
  const data = result.data === undefined ? {} : { data: result.data };
  return errors.length > 0 ? { ...data, errors: errors.map(asGraphQLError) } : data;
}
