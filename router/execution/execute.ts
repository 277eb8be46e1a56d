// Executes one plan: runs its steps and fills the shape of the client's answer with the data. It
// does not decide what the client may read.
import type { ExecutionResult, GraphQLError } from "graphql";
import type { Log } from "#kit/service/logger";
import type { MintIdentity } from "#kit/trust/identity";
import type { Variables } from "../document/operation.ts";
import type { Limits } from "../limits/limits.ts";
import type { Authorize } from "../policy/authorization.ts";
import type { Restore } from "../policy/restore.ts";
import type { Supergraph } from "../supergraph/supergraph.ts";
import { createDeadline } from "../upstream/deadline.ts";
import type { Flights } from "../upstream/flights.ts";
import type { Subgraphs } from "../upstream/subgraph.ts";
import { createConceal } from "./concealing.ts";
import type { RouterContext } from "./context.ts";
import type { Data } from "./data.ts";
import { fill } from "./fill.ts";
import type { Plan } from "./plan.ts";
import { runStep } from "./run-steps.ts";

export interface ExecutorOptions {
  readonly supergraph: Supergraph;
  readonly authorize: Authorize;
  readonly subgraphs: Subgraphs;
  readonly flights: Pick<Flights, "forget">;
  readonly mint: MintIdentity;
  readonly limits: Pick<Limits, "queryMs" | "mutationMs">;
  readonly log: Log;
}

/** The permitted part of a client's request, planned. */
export interface PermittedPlan {
  readonly plan: Plan;
  readonly variables: Variables;
  /** Makes an answer to the permitted part the answer to the whole document. */
  readonly restore: Restore;
}

/** The caller of an operation, its start, and for those of a client what else is known of it. */
export type OperationCaller = Pick<RouterContext, "identity" | "traceId" | "startedAt"> &
  Partial<Pick<RouterContext, "cookies" | "client" | "span" | "calls">>;

/** The data and errors that exist before the plan runs. For a subscription they are its event. */
export interface InitialData {
  readonly data: Data;
  readonly errors: readonly GraphQLError[];
}

/** Runs a plan and returns the client's answer. It adds to `initial.data`. */
export async function execute(
  { supergraph, subgraphs, flights, mint, limits }: ExecutorOptions,
  { plan, variables, restore }: PermittedPlan,
  { identity, traceId, span = null, calls, startedAt, cookies, client }: OperationCaller,
  initial: InitialData,
): Promise<ExecutionResult> {
  const kind = plan.operation.definition.operation;
  const isMutation = kind === "mutation";
  const token = await mint(identity);
  const deadline = createDeadline(startedAt + (isMutation ? limits.mutationMs : limits.queryMs));
  const { data } = initial;
  const errors = [...initial.errors];
  const missing = new Set<Data>();
  const hasFailed = (name: string) =>
    (data[name] ?? null) === null && errors.some(({ path }) => path?.[0] === name);
  if (plan.step) {
    const needsFreshReads = kind !== "query";
    const own = { token, traceId, span, deadline, isMutation, needsFreshReads };
    const caller = { ...own, ...(client && { client }), ...(calls && { calls }) };
    const isOver = () => plan.nonNullRoots.some(hasFailed);
    const { interfaces } = supergraph;
    const execution = { subgraphs, caller, variables, data, errors, missing, interfaces, isOver };
    await runStep(execution, plan.step);
    deadline.cancel();
  }
  // A client that queries after an event must not join a read that began before the event.
  if (kind === "subscription") flights.forget(identity.kind === "audience" ? null : token);
  const conceal = cookies ? createConceal(supergraph.fullSchema, cookies) : undefined;
  const filled = fill(plan.shape, { data, errors, missing, variables, conceal });
  return restore({
    data: filled.data,
    ...(filled.errors.length > 0 && { errors: filled.errors }),
  });
}
