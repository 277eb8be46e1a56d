// The one executor of the router, called by Apollo Server for every admitted operation of both
// transports. What the asker may not read is taken out before. Queries and mutations it answers; a
// subscription it plans and hands to the transport, with the means to complete its events.
import type {
  GatewayExecutor,
  GatewayGraphQLRequestContext,
} from "@apollo/server-gateway-interface";
import type { ExecutionResult, FormattedExecutionResult, GraphQLError } from "graphql";
import type { MintIdentity } from "#kit/identity";
import { invariant } from "#kit/invariant";
import type { Log } from "#kit/log";
import type { RouterContext } from "../context.ts";
import { asGraphQLError, clientError, fromFormatted, logErrors } from "../errors.ts";
import type { Authorize } from "../policy/authorization.ts";
import type { Limits } from "../policy/limits.ts";
import type { Restore } from "../policy/restore.ts";
import type { Supergraph } from "../supergraph.ts";
import { createDeadline } from "../upstream/deadline.ts";
import type { Flights } from "../upstream/flights.ts";
import type { Subgraphs } from "../upstream/subgraph.ts";
import type { Data } from "./data.ts";
import { fill } from "./fill.ts";
import { createPlanner, type Operation, type Plan, type PlannedSubscription } from "./plan.ts";
import { rewrite } from "./rewrites.ts";
import { runStep } from "./run.ts";

interface ExecutorOptions {
  readonly supergraph: Supergraph;
  /** Says what of an operation may be read. */
  readonly authorize: Authorize;
  readonly subgraphs: Subgraphs;
  readonly flights: Pick<Flights, "forget">;
  readonly mint: MintIdentity;
  readonly limits: Pick<Limits, "queryMs" | "mutationMs">;
  readonly log: Log;
}

/** What may be run of a client's request, and how its answers become answers to all of that. */
interface Permitted {
  readonly plan: Plan;
  readonly request: GatewayGraphQLRequestContext;
  readonly restore: Restore;
}

/** What is known before the plan runs: for a subscription, its event. */
interface Begun {
  readonly data: Data;
  readonly errors: readonly GraphQLError[];
}

/** An executor over one generation of the graph. */
export function createExecutor(options: ExecutorOptions): GatewayExecutor {
  const { supergraph, authorize } = options;
  const planOf = createPlanner(supergraph);

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
    accept(subscriptionOf(options, permitted));
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

/** Fetches what a plan fetches, beside what is known, and makes of it the client's answer. */
async function execute(
  { subgraphs, flights, mint, limits }: ExecutorOptions,
  { plan, request, restore }: Permitted,
  begun: Begun,
): Promise<ExecutionResult> {
  const { identity, traceId, startedAt } = request.context as RouterContext;
  const { variables = {} } = request.request;
  const kind = request.operation.operation;
  const isMutation = kind === "mutation";
  const token = await mint(identity);
  const deadline = createDeadline(startedAt + (isMutation ? limits.mutationMs : limits.queryMs));
  const { data } = begun;
  const errors = [...begun.errors];
  const isLost = (name: string) =>
    (data[name] ?? null) === null && errors.some(({ path }) => path?.[0] === name);
  if (plan.step) {
    const asker = { token, traceId, deadline, isMutation, isTold: kind !== "query" };
    const isOver = () => plan.vital.some(isLost);
    const { defaults } = plan;
    await runStep({ subgraphs, asker, variables, defaults, data, errors, isOver }, plan.step);
    deadline.callOff();
  }
  // Whoever hears of an event and asks again must not get what was read before it.
  if (kind === "subscription") flights.forget(token);
  const filled = fill(plan.shapeFor(variables), data, errors);
  return restore({
    data: filled.data,
    ...(filled.errors.length > 0 && { errors: filled.errors }),
  });
}

function subscriptionOf(options: ExecutorOptions, permitted: Permitted): PlannedSubscription {
  const { request, context, operationName } = permitted.request;
  const { primary } = permitted.plan;
  invariant(primary, "a subscription has no source");
  const { variables = {} } = request;
  const { traceId } = context as RouterContext;
  return {
    subgraph: primary.subgraph,
    query: primary.query,
    operationName: primary.operationName,
    variables: Object.fromEntries(
      primary.variables.flatMap((name) =>
        Object.hasOwn(variables, name) ? [[name, variables[name]]] : [],
      ),
    ),
    async complete(event) {
      const result = await completeEvent(options, permitted, event).catch((error: unknown) => ({
        data: null,
        errors: [asGraphQLError(error)],
      }));
      if (!result.errors) return result;
      logErrors(options.log, result.errors, { traceId, operationName });
      return { ...result, errors: result.errors.map((error) => clientError(error, traceId)) };
    },
  };
}

/** Runs the plan of one event, with a context and a deadline of its own. */
function completeEvent(
  options: ExecutorOptions,
  permitted: Permitted,
  event: FormattedExecutionResult,
): Promise<ExecutionResult> {
  const { request, plan } = permitted;
  const context: RouterContext = {
    ...(request.context as RouterContext),
    startedAt: Date.now(),
  };
  const data = event.data ?? {};
  rewrite(data, plan.primary?.outputRewrites ?? []);
  const errors = fromFormatted(event.errors ?? []);
  return execute(options, { ...permitted, request: { ...request, context } }, { data, errors });
}
