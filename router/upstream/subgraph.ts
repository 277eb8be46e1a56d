// One subgraph as the engine sees it: a fetch out, data and errors back. It adds identity, trace
// and deadline, and what a mutation that tries a credential must know of the client. Equal reads in
// flight are shared, and the entity fetches of one turn are batched.
import { GraphQLError, type OperationTypeNode } from "graphql";
import type { Log } from "#kit/service/logger";
import { traceparentOf } from "#kit/service/trace";
import type { Span } from "#kit/telemetry/spans";
import { CLIENT_HEADER, clientHeader, type RequestClient } from "#kit/trust/client";
import { IDENTITY_HEADER } from "#kit/trust/identity";
import type { CallOutcome, Metrics } from "../telemetry/metrics.ts";
import { type Answer, deadlineExceeded, readAnswer, unavailable } from "./answer.ts";
import type { Deadline } from "./deadline.ts";
import { createEntities } from "./entities.ts";
import { beginFlight, type Flight, type Flights } from "./flights.ts";
import type { SubgraphPool } from "./pool.ts";

/** The operation that a fetch belongs to. */
export interface Caller {
  /** The identity, signed. */
  readonly token: string;
  readonly traceId: string;
  /** Null unless the trace is sampled. */
  readonly span: Span | null;
  /** Absent where nobody reports them, as for an event. */
  readonly calls?: { count: number };
  /** Absent where no client asked, as for an event. */
  readonly client?: RequestClient;
  readonly deadline: Deadline;
  /** Fetches of a mutation are never repeated. */
  readonly isMutation: boolean;
  /** It follows a change, and must not share a read that began before it. */
  readonly needsFreshReads: boolean;
}

/** A fetch of a plan, without its variables. */
export interface SubgraphRequest {
  /** The JSON of the body up to the variables. */
  readonly head: string;
  readonly operationKind: `${OperationTypeNode}`;
  /** True for a mutation whose subgraph must know the client. It is never shared. */
  readonly tellsClient?: boolean;
}

type Variables = Readonly<Record<string, unknown>>;

/** Without an answer both reject with `SUBGRAPH_UNAVAILABLE` or `DEADLINE_EXCEEDED`. */
export interface Subgraph {
  fetch(request: SubgraphRequest, variables: Variables, caller: Caller): Promise<Answer>;
  /** Fetches `_entities` by representations in JSON; the answer has them in the same order. */
  fetchEntities(
    request: SubgraphRequest,
    representations: readonly string[],
    variables: Variables,
    caller: Caller,
  ): Promise<Answer>;
}

export type Subgraphs = ReadonlyMap<string, Subgraph>;

interface SubgraphOptions {
  readonly pool: SubgraphPool;
  readonly flights: Flights;
  readonly metrics: Metrics;
  readonly log: Log;
}

export function createSubgraph(options: SubgraphOptions): Subgraph {
  const { pool, flights } = options;

  function send({ request, caller }: Fetch, body: string): Flight {
    const { token, isMutation } = caller;
    const headers = {
      "content-type": "application/json",
      accept: "application/json",
      [IDENTITY_HEADER]: token,
      traceparent: traceparentOf(caller.traceId, caller.span),
      ...(request.tellsClient && caller.client && { [CLIENT_HEADER]: clientHeader(caller.client) }),
    };
    const post = () => pool.post(body, headers);
    if (!caller.needsFreshReads) return flights.join(token, `${pool.name} ${body}`, post);
    const onEnd = () => {
      if (request.operationKind === "mutation") flights.forget(token);
    };
    return beginFlight(post, { isRepeatable: !isMutation, onEnd });
  }

  const fetchEntities = createEntities(send);
  return {
    fetch: (request, variables, from) =>
      observed(options, from, async (caller) => {
        const body = `${request.head}${JSON.stringify(variables)}}`;
        return readAnswer(await send({ request, caller }, body).wait(caller.deadline));
      }),
    fetchEntities: (request, representations, variables, from) =>
      observed(options, from, (caller) =>
        fetchEntities({ request, representations, variables, caller }),
      ),
  };
}

interface Fetch {
  readonly request: SubgraphRequest;
  readonly caller: Caller;
}

/** Measures, traces and logs a call. Its failure becomes an error of the closed list of codes. */
async function observed(
  { pool, metrics, log }: SubgraphOptions,
  caller: Caller,
  call: (caller: Caller) => Promise<Answer>,
): Promise<Answer> {
  const { traceId, deadline, isMutation } = caller;
  if (caller.calls) caller.calls.count += 1;
  const startedAt = performance.now();
  const span = caller.span?.child(`fetch ${pool.name}`, { kind: "client" }) ?? null;
  const done = (outcome: CallOutcome) => {
    metrics.call(pool.name, outcome, (performance.now() - startedAt) / 1000);
    span?.end(outcome === "ok" ? undefined : outcome);
  };
  try {
    if (deadline.isOver()) throw deadlineExceeded();
    const answer = await call(span ? { ...caller, span } : caller);
    done(answer.errors ? "errors" : "ok");
    return answer;
  } catch (error) {
    const failure = error instanceof GraphQLError ? error : unavailable();
    const isLate = failure.extensions.code === "DEADLINE_EXCEEDED";
    if (isLate) metrics.refusal(isMutation ? "mutationMs" : "queryMs");
    done(isLate ? "deadline" : "unavailable");
    log.warn({ err: error, subgraph: pool.name, traceId }, "a subgraph gave no answer");
    throw failure;
  }
}
