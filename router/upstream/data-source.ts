// One subgraph as the gateway's executor sees it: a GraphQL request out, data and errors back,
// whatever happens between. It adds who asks, the trace and the deadline; nothing that a client
// sent as a header goes along.
import { setTimeout as delay } from "node:timers/promises";
import type { GraphQLDataSource } from "@apollo/gateway";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { fail } from "#kit/errors";
import { IDENTITY_HEADER, type MintIdentity } from "#kit/identity";
import type { Log } from "#kit/log";
import { traceparentOf } from "#kit/trace";
import type { RouterContext } from "../context.ts";
import type { Limits } from "../policy/limits.ts";
import type { CallOutcome, Metrics } from "../telemetry/metrics.ts";
import { type Answer, readAnswer, rootPaths } from "./answer.ts";
import type { SubgraphPool } from "./pool.ts";

const RETRY_AFTER_MS = 50;

interface Call {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
  readonly context: RouterContext;
  /** The kind of the client's operation: inside a mutation nothing is sent twice. */
  readonly isMutation: boolean;
}

interface DataSourceOptions {
  readonly pool: SubgraphPool;
  readonly mint: MintIdentity;
  readonly limits: Pick<Limits, "queryMs" | "mutationMs">;
  readonly metrics: Metrics;
  readonly log: Log;
}

/**
 * A data source over `pool`. It never rejects: what goes wrong becomes an error at the path of each
 * root field that was asked for, so that a dead subgraph costs its own fields and no more.
 */
export function createDataSource(options: DataSourceOptions): GraphQLDataSource {
  const { pool, metrics, log } = options;
  return {
    async process(asked) {
      const { query = "", variables = {}, operationName } = asked.request;
      const context = asked.context as RouterContext;
      const isMutation =
        "incomingRequestContext" in asked &&
        asked.incomingRequestContext.operation.operation === "mutation";
      const startedAt = performance.now();
      const done = (outcome: CallOutcome) =>
        metrics.call(pool.name, outcome, (performance.now() - startedAt) / 1000);
      try {
        const answer = await ask(options, { query, variables, operationName, context, isMutation });
        done(answer.errors ? "errors" : "ok");
        return { data: answer.data, ...(answer.errors && { errors: answer.errors }) };
      } catch (error) {
        const failure = error instanceof GraphQLError ? error : unavailable();
        const isLate = failure.extensions.code === "DEADLINE_EXCEEDED";
        if (isLate) metrics.refusal(isMutation ? "mutationMs" : "queryMs");
        done(isLate ? "deadline" : "unavailable");
        const { traceId } = context;
        log.warn({ err: error, subgraph: pool.name, traceId }, "a subgraph gave no answer");
        const errors = rootPaths(query, variables).map((path) => errorAt(failure, path));
        return { data: null, errors };
      }
    },
  };
}

async function ask({ pool, mint, limits }: DataSourceOptions, call: Call): Promise<Answer> {
  const { query, variables, operationName, context, isMutation } = call;
  const body = JSON.stringify({ query, variables, operationName });
  const headers = {
    "content-type": "application/json",
    accept: "application/json",
    [IDENTITY_HEADER]: await mint(context.identity),
    traceparent: traceparentOf(context.traceId),
  };
  const deadlineAt = context.startedAt + (isMutation ? limits.mutationMs : limits.queryMs);
  return before(deadlineAt, async (signal) => {
    const send = () => pool.post(body, headers, signal);
    const answer = await send().catch(async (error: unknown) => {
      if (isMutation || !isConnectionError(error)) throw error;
      await delay(RETRY_AFTER_MS, undefined, { signal });
      return send();
    });
    return readAnswer(answer);
  });
}

/** Runs `work` until the deadline, in ms since the epoch. */
async function before<T>(
  deadlineAt: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const remainingMs = deadlineAt - Date.now();
  if (remainingMs <= 0) throw deadlineExceeded();
  const aborter = new AbortController();
  const timer = setTimeout(() => aborter.abort(), remainingMs);
  try {
    return await work(aborter.signal);
  } catch (error) {
    throw aborter.signal.aborted ? deadlineExceeded() : error;
  } finally {
    clearTimeout(timer);
  }
}

const CONNECTION_ERRORS = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "UND_ERR_SOCKET"];

function isConnectionError(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" && CONNECTION_ERRORS.includes(code);
}

function deadlineExceeded(): GraphQLError {
  return fail("DEADLINE_EXCEEDED", "The operation took too long; ask for less or try again.");
}

function unavailable(): GraphQLError {
  return fail("SUBGRAPH_UNAVAILABLE", "A part of the graph does not answer; try again.");
}

function errorAt(error: GraphQLError, path: readonly (string | number)[]): GraphQLFormattedError {
  return { message: error.message, extensions: { ...error.extensions }, path };
}
