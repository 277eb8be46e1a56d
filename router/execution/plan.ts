// How a subscription is run: its primary part is subscribed at one subgraph, and each event is
// completed with the rest of what the client selected. A plan is made once a document.
import { operationFromDocument } from "@apollo/federation-internals";
import { buildOperationContext } from "@apollo/gateway";
import type { FetchNode, QueryPlan } from "@apollo/query-planner";
import type { GatewayGraphQLRequestContext } from "@apollo/server-gateway-interface";
import type { ExecutionResult, FormattedExecutionResult } from "graphql";
import { LRUCache } from "lru-cache";
import { invariant } from "#kit/invariant";
import type { Supergraph } from "../supergraph.ts";

/** A subscription that passed every check and may be opened. */
export interface PlannedSubscription {
  /** Where its events come from. */
  readonly subgraph: string;
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  /**
   * Turns an event of the subgraph into the answer to the client's document. Never rejects; does
   * not change the event.
   */
  complete(event: FormattedExecutionResult): Promise<ExecutionResult>;
}

export interface SubscriptionPlan {
  readonly primary: FetchNode;
  /** A plan for one event: the primary part, answered by {@link EVENT_SERVICE}, then the rest. */
  readonly eventPlan: QueryPlan;
  readonly operationContext: ReturnType<typeof buildOperationContext>;
}

/** The service that answers with the event itself; no subgraph can have this name. */
export const EVENT_SERVICE = "#event";

const PLANS_MAX = 1_000;

export type PlanSubscription = (request: GatewayGraphQLRequestContext) => SubscriptionPlan;

/** A planner of one generation that remembers its last 1,000 plans. */
export function createPlanner(supergraph: Supergraph): PlanSubscription {
  const plans = new LRUCache<string, SubscriptionPlan>({ max: PLANS_MAX });
  return (request) => {
    const key = `${request.queryHash} ${request.operationName ?? ""}`;
    const known = plans.get(key);
    if (known) return known;
    const plan = planOf(supergraph, request);
    plans.set(key, plan);
    return plan;
  };
}

function planOf(supergraph: Supergraph, request: GatewayGraphQLRequestContext): SubscriptionPlan {
  const { document } = request;
  const named = request.operationName === null ? {} : { operationName: request.operationName };
  const operation = operationFromDocument(supergraph.api, document, named);
  const { node } = supergraph.planner.buildQueryPlan(operation);
  invariant(node?.kind === "Subscription", "a subscription has another plan", { kind: node?.kind });
  const { primary, rest } = node;
  const first = { ...primary, serviceName: EVENT_SERVICE };
  return {
    primary,
    eventPlan: {
      kind: "QueryPlan",
      node: rest ? { kind: "Sequence", nodes: [first, rest] } : first,
    },
    operationContext: buildOperationContext({
      schema: supergraph.apiSchema,
      operationDocument: document,
      ...named,
    }),
  };
}
