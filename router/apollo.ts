// Apollo Server as both transports use it: parsing, validation, refusals, execution, and what of
// errors leaves. It listens to nothing.
import {
  ApolloServer,
  type ApolloServerPlugin,
  type GraphQLRequestContext,
  type GraphQLRequestContextDidResolveOperation,
  type GraphQLRequestContextWillSendResponse,
} from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { GraphQLError } from "graphql";
import { ERROR_CODES, maskError } from "#kit/errors";
import type { Log } from "#kit/service/logger";
import { traceIdOf } from "#kit/service/trace";
import type { RouterContext } from "./context.ts";
import { clientError, codeOf, logErrors, withHttpStatus } from "./errors.ts";
import type { Generation, Graph } from "./graph.ts";
import { acceptedFor } from "./policy/accepted.ts";
import type { Admission, Budgets } from "./policy/budgets.ts";
import type { Documents } from "./policy/documents.ts";
import type { OperationCost, Verdict } from "./policy/guard.ts";
import { type Limits, limitOf } from "./policy/limits.ts";
import { refusalOfNesting } from "./policy/nesting.ts";
import { conditionalRootRefusal, hasConditionalRoot } from "./policy/operation.ts";
import { trustDocuments } from "./policy/trust.ts";
import { statusFor } from "./status.ts";
import type { Metrics, OperationKind, OperationOutcome } from "./telemetry/metrics.ts";
import { PREFLIGHT_HEADERS } from "./words.ts";

/** A client that sends it with `true` is told what its operation cost. */
const COST_HEADER = "meetinity-cost";

interface ApolloOptions {
  readonly graph: Graph;
  readonly isProduction: boolean;
  readonly limits: Limits;
  readonly documents: Documents;
  /** Null where rates are off. */
  readonly budgets: Budgets | null;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Ends when no request is under way any more and none can come. */
  drain(): Promise<void>;
}

/** An Apollo Server that is not started yet. */
export function createApollo(options: ApolloOptions): ApolloServer<RouterContext> {
  const { graph, isProduction, limits, documents } = options;
  return new ApolloServer<RouterContext>({
    gateway: {
      onSchemaLoadOrUpdate(callback) {
        const tell = ({ supergraph: { apiSchema, sdl } }: Generation) =>
          callback({ apiSchema, coreSupergraphSdl: sdl });
        tell(graph.current);
        return graph.onChange(tell);
      },
      load: async () => ({ executor: graph.execute }),
      stop: async () => {},
    },
    nodeEnv: isProduction ? "production" : "development",
    introspection: !isProduction,
    hideSchemaDetailsFromClientErrors: isProduction,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: { requestHeaders: PREFLIGHT_HEADERS },
    allowBatchedHttpRequests: false,
    persistedQueries: documents.persistedQueries,
    parseOptions: { maxTokens: limits.tokens },
    // One more error says that there are more.
    validationOptions: { maxErrors: limits.validationErrors - 1 },
    logger: options.log,
    formatError: (_formatted, error) => clientError(error, traceIdOf(undefined)).toJSON(),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      trustDocuments(documents, options),
      operationLife(options),
    ],
  });
}

type Answered = GraphQLRequestContextWillSendResponse<RouterContext>;

type Life = Pick<ApolloOptions, "graph" | "limits" | "budgets" | "metrics" | "log" | "drain">;

/**
 * What happens to every operation on its way: refusal before it runs, its errors logged, its time
 * measured.
 */
function operationLife(options: Life): ApolloServerPlugin<RouterContext> {
  const { graph, limits, budgets, metrics, log, drain } = options;
  return {
    async serverWillStart() {
      return { drainServer: drain };
    },
    async requestDidStart() {
      const startedAt = performance.now();
      let cost: OperationCost | null = null;
      let paid: Extract<Admission, { readonly kind: "admitted" }> | null = null;
      return {
        async didResolveSource({ source, request }) {
          const refusal = refusalOfNesting(source, request, limits);
          if (refusal) throw withHttpStatus(refusal);
        },
        // What is thrown here, before validation has cost anything, becomes the answer below.
        async validationDidStart({ document, schema }) {
          const refusal = graph.of(schema).guard.judgeDocument(document);
          if (refusal) throw refusal;
        },
        async didResolveOperation(resolved) {
          const { operation, response, contextValue } = resolved;
          const verdict = verdictOn(resolved, graph);
          if (verdict.kind === "refused") throw withHttpStatus(verdict.error);
          cost = verdict.cost;
          if (!budgets || !operation) return;
          const priced = { ...cost, kind: operation.operation };
          const admission = await budgets.charge(priced, contextValue);
          for (const [name, value] of admission.fields) response.http.headers.set(name, value);
          if (admission.kind === "refused") throw withHttpStatus(admission.error);
          paid = admission;
        },
        async didEncounterErrors({ errors, contextValue: { traceId }, operationName }) {
          for (const error of errors) {
            if (isClientsMistake(error)) error.extensions.code ??= "BAD_REQUEST";
            error.extensions.traceId ??= traceId;
            countRefusal(metrics, error);
          }
          logErrors(log, errors, { traceId, operationName });
        },
        async willSendResponse(answered) {
          const { operation, errors, request, response } = answered;
          const { http } = response;
          if (http.status) http.status = statusFor(request.http, http.status, errors);
          if (cost) tellCost(cost, answered, log);
          if (cost && paid) await settle(cost, paid, answered);
          const kind: OperationKind = operation?.operation ?? "unknown";
          const seconds = (performance.now() - startedAt) / 1000;
          metrics.operation(kind, outcomeOf(errors), seconds);
        },
      };
    },
    // Apollo Server comes here when a step of its own throws; what is thrown from here is what it
    // answers.
    async unexpectedErrorProcessingRequest({ requestContext, error }) {
      const refusal = unexpected(requestContext, error, options);
      const { httpStatus } = ERROR_CODES[codeOf(refusal)];
      throw withHttpStatus(refusal, statusFor(requestContext.request.http, httpStatus, [refusal]));
    },
  };
}

function verdictOn(
  resolved: GraphQLRequestContextDidResolveOperation<RouterContext>,
  graph: Graph,
): Verdict {
  const { schema, document, operation, request, contextValue } = resolved;
  return graph.of(schema).guard.judgeOperation({
    document,
    operation,
    operationName: request.operationName,
    variables: request.variables ?? {},
    canStream: contextValue.accept !== null,
  });
}

function unexpected(
  { document, contextValue: { traceId, accept } }: GraphQLRequestContext<RouterContext>,
  error: Error,
  { metrics, log }: Life,
): GraphQLError {
  if (error instanceof GraphQLError && codeOf(error) !== "INTERNAL_SERVER_ERROR") {
    error.extensions.traceId ??= traceId;
    countRefusal(metrics, error);
    // The door of sockets logs what is thrown to it.
    if (!accept) logErrors(log, [error], { traceId });
    metrics.operation("unknown", "refused", 0);
    return error;
  }
  if (document && hasConditionalRoot(document)) return conditionalRootRefusal();
  log.error({ err: error, traceId }, "an operation broke");
  return maskError(error, traceId);
}

/**
 * What an operation cost, for the log and, if the client asks for it, beside its answer. Of a
 * subscription that is estimated for each event.
 */
function tellCost(cost: OperationCost, answered: Answered, log: Log): void {
  const { request, response, operation, operationName, contextValue } = answered;
  const { body } = response;
  const { estimated } = cost;
  const facts = { traceId: contextValue.traceId, operationName };
  if (body.kind !== "single") return;
  if (operation?.operation === "subscription") {
    log.debug({ ...facts, cost: { estimated } }, "opened a subscription");
    return;
  }
  const isAsked = isCostAsked(request);
  if (!isAsked && !log.isLevelEnabled("debug")) return;
  const told = { estimated, actual: cost.actualOf(body.singleResult.data) };
  log.debug({ ...facts, cost: told }, "answered an operation");
  if (isAsked) body.singleResult.extensions = { ...body.singleResult.extensions, cost: told };
}

/**
 * What fails on our side is not refunded, so that nobody lets subgraphs run into their deadlines
 * for nothing, and says nothing of a credential; nor is a subscription, whose events are not
 * charged.
 */
async function settle(
  cost: OperationCost,
  paid: Extract<Admission, { readonly kind: "admitted" }>,
  { response: { body }, operation, errors }: Answered,
): Promise<void> {
  if (body.kind !== "single" || operation?.operation === "subscription") return;
  if (outcomeOf(errors) === "failed") return;
  const { data } = body.singleResult;
  paid.refund(cost.actualOf(data));
  await paid.chargeRefused(cost.provable - acceptedFor(data));
}

/** By a header or, since a frame has none, by an extension of the request. */
function isCostAsked({ http, extensions }: Answered["request"]): boolean {
  return http?.headers.get(COST_HEADER) === "true" || extensions?.cost === true;
}

function countRefusal(metrics: Metrics, error: GraphQLError): void {
  const limit = limitOf(error);
  if (limit) metrics.refusal(limit);
}

/** Apollo Server gives some refusals an HTTP status and no code. */
function isClientsMistake({ extensions }: GraphQLError): boolean {
  const { status } = (extensions.http ?? {}) as { readonly status?: number };
  return status !== undefined && status >= 400 && status < 500;
}

function outcomeOf(errors: readonly GraphQLError[] | undefined): OperationOutcome {
  if (!errors?.length) return "ok";
  const isOurs = errors.some((error) => ERROR_CODES[codeOf(error)].httpStatus >= 500);
  return isOurs ? "failed" : "refused";
}
