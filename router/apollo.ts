// Apollo Server as both transports use it: parsing, validation, refusals, execution, and what of
// errors leaves. It listens to nothing.
import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestContext } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import type { GatewayExecutor } from "@apollo/server-gateway-interface";
import type { GraphQLError } from "graphql";
import { ERROR_CODES, maskError } from "#kit/errors";
import type { Log } from "#kit/log";
import { traceIdOf } from "#kit/trace";
import type { RouterContext } from "./context.ts";
import { clientError, codeOf, logErrors, withHttpStatus } from "./errors.ts";
import { conditionalRootRefusal, hasConditionalRoot, refusalOf } from "./policy/operation.ts";
import type { Supergraph } from "./supergraph.ts";
import type { Metrics, OperationKind, OperationOutcome } from "./telemetry/metrics.ts";

const TOKENS_MAX = 2_000;
/** With the one that says that there are more, a client sees five. */
const VALIDATION_ERRORS_MAX = 4;

interface ApolloOptions {
  readonly supergraph: Supergraph;
  readonly execute: GatewayExecutor;
  readonly isProduction: boolean;
  readonly metrics: Metrics;
  readonly log: Log;
  /** Ends when no request is under way any more and none can come. */
  drain(): Promise<void>;
}

/** An Apollo Server that is not started yet. */
export function createApollo(options: ApolloOptions): ApolloServer<RouterContext> {
  const { supergraph, isProduction } = options;
  return new ApolloServer<RouterContext>({
    gateway: {
      onSchemaLoadOrUpdate(callback) {
        callback({ apiSchema: supergraph.apiSchema, coreSupergraphSdl: supergraph.sdl });
        return () => {};
      },
      load: async () => ({ executor: options.execute }),
      stop: async () => {},
    },
    nodeEnv: isProduction ? "production" : "development",
    introspection: !isProduction,
    hideSchemaDetailsFromClientErrors: isProduction,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: { maxTokens: TOKENS_MAX },
    validationOptions: { maxErrors: VALIDATION_ERRORS_MAX },
    maxRecursiveSelections: true,
    logger: options.log,
    formatError: (_formatted, error) => clientError(error, traceIdOf(undefined)).toJSON(),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      operationLife(options),
    ],
  });
}

/**
 * What happens to every operation on its way: refusal before it runs, its errors logged, its time
 * measured.
 */
function operationLife({
  metrics,
  log,
  drain,
}: Pick<ApolloOptions, "metrics" | "log" | "drain">): ApolloServerPlugin<RouterContext> {
  return {
    async serverWillStart() {
      return { drainServer: drain };
    },
    async requestDidStart() {
      const startedAt = performance.now();
      return {
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          const refusal = refusalOf({
            schema,
            document,
            operation,
            operationName: request.operationName,
            variables: request.variables ?? {},
            canStream: contextValue.accept !== null,
          });
          if (refusal) throw withHttpStatus(refusal);
        },
        async didEncounterErrors({ errors, contextValue: { traceId }, operationName }) {
          for (const error of errors) {
            if (isClientsMistake(error)) error.extensions.code ??= "BAD_REQUEST";
            error.extensions.traceId ??= traceId;
          }
          logErrors(log, errors, { traceId, operationName });
        },
        async willSendResponse({ operation, errors }) {
          const kind: OperationKind = operation?.operation ?? "unknown";
          const seconds = (performance.now() - startedAt) / 1000;
          metrics.operation(kind, outcomeOf(errors), seconds);
        },
      };
    },
    // Apollo Server comes here when a step of its own throws; what is thrown from here is what it
    // answers.
    async unexpectedErrorProcessingRequest({ requestContext, error }) {
      throw withHttpStatus(unexpected(requestContext, error, log));
    },
  };
}

function unexpected(
  { document, contextValue: { traceId } }: GraphQLRequestContext<RouterContext>,
  error: Error,
  log: Log,
): GraphQLError {
  if (document && hasConditionalRoot(document)) return conditionalRootRefusal();
  log.error({ err: error, traceId }, "an operation broke");
  return maskError(error, traceId);
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
