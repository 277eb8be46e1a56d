// Executes one plan: fetches what it fetches, beside what is known before, and fills the shape of
// the client's answer. Who may ask for what is decided before.
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
import type { RouterContext } from "./context.ts";
import type { Data } from "./data.ts";
import { fill } from "./fill.ts";
import type { Plan } from "./plan.ts";
import { runStep } from "./run.ts";

export interface ExecutorOptions {
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
export interface Permitted {
  readonly plan: Plan;
  readonly variables: Variables;
  readonly restore: Restore;
}

/** For whom it is run, and since when, in ms since the epoch. */
export type Asker = Pick<RouterContext, "identity" | "traceId" | "startedAt">;

/** What is known before the plan runs: for a subscription, its event. */
export interface Begun {
  readonly data: Data;
  readonly errors: readonly GraphQLError[];
}

/** Fetches what a plan fetches, beside what is known, and makes of it the client's answer. */
export async function execute(
  { supergraph: { interfaces }, subgraphs, flights, mint, limits }: ExecutorOptions,
  { plan, variables, restore }: Permitted,
  { identity, traceId, startedAt }: Asker,
  begun: Begun,
): Promise<ExecutionResult> {
  const kind = plan.operation.definition.operation;
  const isMutation = kind === "mutation";
  const token = await mint(identity);
  const deadline = createDeadline(startedAt + (isMutation ? limits.mutationMs : limits.queryMs));
  const { data } = begun;
  const errors = [...begun.errors];
  const gone = new Set<Data>();
  const isLost = (name: string) =>
    (data[name] ?? null) === null && errors.some(({ path }) => path?.[0] === name);
  if (plan.step) {
    const asker = { token, traceId, deadline, isMutation, needsFreshReads: kind !== "query" };
    const isOver = () => plan.vital.some(isLost);
    const execution = { subgraphs, asker, variables, data, errors, gone, interfaces, isOver };
    await runStep(execution, plan.step);
    deadline.cancel();
  }
  // Whoever hears of an event and asks again must not get what was read before it.
  if (kind === "subscription") flights.forget(identity.kind === "audience" ? null : token);
  const filled = fill(plan.shape, { data, errors, gone, variables });
  return restore({
    data: filled.data,
    ...(filled.errors.length > 0 && { errors: filled.errors }),
  });
}
