// The plugin of Apollo Server that every operation passes: it refuses operations before they run,
// charges budgets, logs errors, and measures time and cost.
import type {
  ApolloServerPlugin,
  GraphQLRequestContext,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextWillSendResponse,
} from "@apollo/server";
import { GraphQLError } from "graphql";
import { ERROR_CODES, fail, maskError } from "#kit/errors";
import type { Log } from "#kit/service/logger";
import { tallies } from "#kit/telemetry/tally";
import { withTokens } from "./cookie/variables.ts";
import { hasConditionalRoot } from "./document/conditions.ts";
import { codeOf, logErrors, withHttpStatus } from "./errors/errors.ts";
import { acceptedCredentials } from "./execution/accepted-credentials.ts";
import type { RouterContext } from "./execution/context.ts";
import type { Graph } from "./graph/graph.ts";
import { type Limits, limitOf } from "./limits/limits.ts";
import type { Budgets, ChargeResult } from "./policy/budgets.ts";
import { readPolicyDirectives } from "./policy/directives.ts";
import type { OperationCost, Verdict } from "./policy/guard.ts";
import { refusalOfNesting } from "./policy/nesting.ts";
import { conditionalRootRefusal } from "./policy/operation-checks.ts";
import type { Documents } from "./policy/trusted-documents.ts";
import { statusFor } from "./status.ts";
import type { Metrics, OperationKind, OperationOutcome } from "./telemetry/metrics.ts";

/** With this header set to `true`, the answer says what the operation cost. */
const COST_HEADER = "meetinity-cost";

export interface OperationPluginOptions {
  readonly graph: Graph;
  readonly limits: Limits;
  readonly documents: Documents;
  /** Null if rates are off. */
  readonly budgets: Budgets | null;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Resolves when no request is running and no new one can come. */
  drain(): Promise<void>;
}

type Paid = Extract<ChargeResult, { readonly kind: "charged" }>;
type Resolved = GraphQLRequestContextDidResolveOperation<RouterContext>;
type Answered = GraphQLRequestContextWillSendResponse<RouterContext>;

export function createOperationPlugin(
  options: OperationPluginOptions,
): ApolloServerPlugin<RouterContext> {
  const { graph, limits, budgets, metrics, log, drain } = options;
  return {
    async serverWillStart() {
      return { drainServer: drain };
    },
    async requestDidStart() {
      const startedAt = performance.now();
      let cost: OperationCost | null = null;
      let paid: Paid | null = null;
      return {
        async didResolveSource({ source, request }) {
          const refusal = refusalOfNesting(source, request, limits);
          if (refusal) throw withHttpStatus(refusal);
        },
        // Validation is expensive, so the document is judged before. Apollo Server sends what is
        // thrown here as the answer, by `unexpectedErrorProcessingRequest` below.
        async validationDidStart({ document, schema }) {
          const refusal = graph.of(schema).guard.judgeDocument(document);
          if (refusal) throw refusal;
        },
        async didResolveOperation(resolved) {
          const { operation, response, contextValue } = resolved;
          useCookies(resolved, graph);
          const verdict = verdictOn(resolved, graph);
          if (verdict.kind === "refused") throw withHttpStatus(verdict.error);
          cost = verdict.cost;
          if (!budgets || !operation) return;
          const priced = { ...cost, kind: operation.operation };
          const charging = contextValue.span?.child("redis charge", { kind: "client" });
          const charged = await budgets.charge(priced, contextValue);
          charging?.end(charged.kind === "refused" ? "RATE_LIMITED" : undefined);
          for (const [name, value] of charged.headers) response.http.headers.set(name, value);
          if (charged.kind === "refused") throw withHttpStatus(charged.error);
          paid = charged;
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
          const { errors, request, response } = answered;
          const { http } = response;
          if (http.status) http.status = statusFor(request.http, http.status, errors);
          const report = cost && reportOf(cost, answered);
          if (cost && report && wantsCost(request)) addCost(report, answered);
          if (cost && paid) await settle(cost, paid, answered);
          observe(options, answered, report, performance.now() - startedAt);
        },
      };
    },
    // Apollo Server calls this when one of its own steps throws, and answers with what is thrown.
    async unexpectedErrorProcessingRequest({ requestContext, error }) {
      const refusal = unexpected(requestContext, error, options);
      const { httpStatus } = ERROR_CODES[codeOf(refusal)];
      throw withHttpStatus(refusal, statusFor(requestContext.request.http, httpStatus, [refusal]));
    },
  };
}

/** At the path of the cookies only mutations run, and they get the tokens. */
function useCookies({ schema, operation, request, contextValue }: Resolved, graph: Graph): void {
  const { cookies } = contextValue;
  if (!cookies || !operation) return;
  if (operation.operation !== "mutation") {
    throw withHttpStatus(fail("BAD_REQUEST", "Only mutations run here: use /graphql."));
  }
  if (!request.variables) return;
  const { sessionTokens: marked } = readPolicyDirectives(graph.of(schema).supergraph.fullSchema);
  const { tokenOf } = cookies;
  request.variables = withTokens(schema, operation, request.variables, { marked, tokenOf });
}

function verdictOn(resolved: Resolved, graph: Graph): Verdict {
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
  { metrics, log }: OperationPluginOptions,
): GraphQLError {
  if (error instanceof GraphQLError && codeOf(error) !== "INTERNAL_SERVER_ERROR") {
    error.extensions.traceId ??= traceId;
    countRefusal(metrics, error);
    // Over a WebSocket, subscriptions/subscription-server.ts logs it.
    if (!accept) logErrors(log, [error], { traceId });
    metrics.operation({ kind: "unknown", name: null }, "refused", 0);
    return error;
  }
  if (document && hasConditionalRoot(document)) return conditionalRootRefusal();
  log.error({ err: error, traceId }, "an operation failed unexpectedly");
  return maskError(error, traceId);
}

interface CostReport {
  readonly estimated: number;
  /** Of the answer; not known of the events of a subscription. */
  readonly actual?: number;
}

function reportOf({ estimated, actualOf }: OperationCost, answered: Answered): CostReport {
  const { operation, response } = answered;
  const { body } = response;
  if (body.kind !== "single" || operation?.operation === "subscription") return { estimated };
  return { estimated, actual: actualOf(body.singleResult.data) };
}

function addCost(cost: CostReport, { response: { body }, operation }: Answered): void {
  if (body.kind !== "single" || operation?.operation === "subscription") return;
  body.singleResult.extensions = { ...body.singleResult.extensions, cost };
}

/** Counts an operation and writes its line to the log, which has nothing that a person wrote. */
function observe(
  { documents, metrics, log }: OperationPluginOptions,
  { operation: definition, queryHash, errors, contextValue }: Answered,
  cost: CostReport | null,
  ms: number,
): void {
  const kind: OperationKind = definition?.operation ?? "unknown";
  // Clients choose the names of documents that are not trusted.
  const name = documents.nameOf(queryHash);
  const outcome = outcomeOf(errors);
  metrics.operation({ kind, name }, outcome, ms / 1_000);
  for (const error of errors ?? []) metrics.error(codeOf(error));
  tallies.request(ms / 1_000, outcome === "failed");
  const { traceId, span, identity, calls } = contextValue;
  const origin = { traceId, ...(span && { spanId: span.spanId }), viewer: identity.kind };
  const facts = { kind, operation: name, outcome, cost, calls: calls.count };
  log.info({ ...origin, ...facts, durationMs: Math.round(ms) }, "answered an operation");
}

/**
 * Refunds what was estimated too high, and charges for refused credentials. It does neither after a
 * failure on our side: with a refund, operations that run into deadlines would be free, and the
 * failure says nothing about a credential. Nor does it for a subscription: its events
 * are not charged.
 */
async function settle(
  cost: OperationCost,
  paid: Paid,
  { response: { body }, operation, errors }: Answered,
): Promise<void> {
  if (body.kind !== "single" || operation?.operation === "subscription") return;
  if (outcomeOf(errors) === "failed") return;
  const { data } = body.singleResult;
  paid.refund(cost.actualOf(data));
  await paid.chargeRefused(cost.attemptsIfRefused - acceptedCredentials(data));
}

/** A WebSocket frame has no headers, so an extension of the request asks for it too. */
function wantsCost({ http, extensions }: Answered["request"]): boolean {
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
