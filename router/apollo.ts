// Configures Apollo Server for both transports: parsing, validation, persisted queries, and what a
// client may see of an error. It does not listen.
import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { traceIdOf } from "#kit/service/trace";
import { clientError } from "./errors/errors.ts";
import type { RouterContext } from "./execution/context.ts";
import type { Generation } from "./graph/graph.ts";
import { createOperationPlugin, type OperationPluginOptions } from "./operation-plugin.ts";
import { trustDocuments } from "./policy/trusted-documents-plugin.ts";
import { traceOperations } from "./trace-operations.ts";

/** A GET must have one of these headers: a browser does not let other sites add them. */
const PREFLIGHT_HEADERS = [
  "meetinity-preflight",
  "apollo-require-preflight",
  "x-apollo-operation-name",
];

interface ApolloOptions extends OperationPluginOptions {
  readonly isProduction: boolean;
}

/** An Apollo Server that is not started yet. */
export function createApollo(options: ApolloOptions): ApolloServer<RouterContext> {
  const { graph, isProduction, limits, documents } = options;
  return new ApolloServer<RouterContext>({
    gateway: {
      onSchemaLoadOrUpdate(callback) {
        const notify = ({ supergraph: { apiSchema, sdl } }: Generation) =>
          callback({ apiSchema, coreSupergraphSdl: sdl });
        notify(graph.current);
        return graph.onChange(notify);
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
    // graphql-js adds one error that says that there are more.
    validationOptions: { maxErrors: limits.validationErrors - 1 },
    logger: options.log,
    formatError: (_formatted, error) => clientError(error, traceIdOf(undefined)).toJSON(),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      trustDocuments(documents, options),
      createOperationPlugin(options),
      // Behind what changes an answer.
      traceOperations(documents),
    ],
  });
}
