// One subgraph as the engine sees it: a request of a plan out, data and errors back. It adds who
// asks, the trace and the deadline; nothing that a client sent as a header goes along. What need
// not be asked twice is asked once: equal reads under way, and entities that one turn wants by the
// same query.
import { GraphQLError, type OperationTypeNode } from "graphql";
import type { Log } from "#kit/service/logger";
import { traceparentOf } from "#kit/service/trace";
import { IDENTITY_HEADER } from "#kit/trust/identity";
import type { CallOutcome, Metrics } from "../telemetry/metrics.ts";
import { type Answer, deadlineExceeded, readAnswer, unavailable } from "./answer.ts";
import type { Deadline } from "./deadline.ts";
import { createEntities } from "./entities.ts";
import { beginFlight, type Flight, type Flights } from "./flights.ts";
import type { SubgraphPool } from "./pool.ts";

/** For whom, and until when, something is asked. */
export interface Caller {
  /** Their identity, signed. */
  readonly token: string;
  readonly traceId: string;
  readonly deadline: Deadline;
  /** Inside a mutation nothing is sent twice. */
  readonly isMutation: boolean;
  /** It has been told of something new, and reads nothing that may be older. */
  readonly needsFreshReads: boolean;
}

/** A request as a plan has it, but for its variables. */
export interface SubgraphRequest {
  /** The JSON of its body up to the variables. */
  readonly head: string;
  readonly operationKind: `${OperationTypeNode}`;
}

type Variables = Readonly<Record<string, unknown>>;

/** Both reject when there is no answer: `SUBGRAPH_UNAVAILABLE` or `DEADLINE_EXCEEDED`. */
export interface Subgraph {
  fetch(request: SubgraphRequest, variables: Variables, asker: Caller): Promise<Answer>;
  /** Asks for `_entities` by representations in JSON, and answers for these in their order. */
  fetchEntities(
    request: SubgraphRequest,
    representations: readonly string[],
    variables: Variables,
    asker: Caller,
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

  function fly({ request, asker }: Flying, body: string): Flight {
    const { token, isMutation } = asker;
    const headers = {
      "content-type": "application/json",
      accept: "application/json",
      [IDENTITY_HEADER]: token,
      traceparent: traceparentOf(asker.traceId),
    };
    const send = () => pool.post(body, headers);
    if (!asker.needsFreshReads) return flights.join(token, `${pool.name} ${body}`, send);
    const onEnd = () => {
      if (request.operationKind === "mutation") flights.forget(token);
    };
    return beginFlight(send, { isRepeatable: !isMutation, onEnd });
  }

  const askEntities = createEntities(fly);
  return {
    fetch: (request, variables, asker) =>
      observed(options, asker, async () => {
        const body = `${request.head}${JSON.stringify(variables)}}`;
        return readAnswer(await fly({ request, asker }, body).wait(asker.deadline));
      }),
    fetchEntities: (request, representations, variables, asker) =>
      observed(options, asker, () => askEntities({ request, representations, variables, asker })),
  };
}

interface Flying {
  readonly request: SubgraphRequest;
  readonly asker: Caller;
}

/** Measures a call and tells of its failure, which it makes one that a client understands. */
async function observed(
  { pool, metrics, log }: SubgraphOptions,
  { traceId, deadline, isMutation }: Caller,
  call: () => Promise<Answer>,
): Promise<Answer> {
  const startedAt = performance.now();
  const done = (outcome: CallOutcome) =>
    metrics.call(pool.name, outcome, (performance.now() - startedAt) / 1000);
  try {
    if (deadline.isOver()) throw deadlineExceeded();
    const answer = await call();
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
