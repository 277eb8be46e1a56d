// The plugin of Apollo Server that makes the spans of an operation that is sampled, and ends its
// trace with the answer. A subscription's trace ends when it is open.
import type { ApolloServerPlugin, GraphQLRequestListener } from "@apollo/server";
import type { Span } from "#kit/telemetry/spans";
import { codeOf } from "./errors/errors.ts";
import type { RouterContext } from "./execution/context.ts";
import type { Documents } from "./policy/trusted-documents.ts";

export function traceOperations(
  documents: Pick<Documents, "nameOf">,
): ApolloServerPlugin<RouterContext> {
  return {
    requestDidStart: async ({ contextValue: { span } }) =>
      span ? listenerOf(span, documents) : undefined,
  };
}

function listenerOf(
  span: Span,
  documents: Pick<Documents, "nameOf">,
): GraphQLRequestListener<RouterContext> {
  const step = (name: string) => {
    const own = span.child(name);
    return async (failure?: unknown) => own.end(failure ? "refused" : undefined);
  };
  return {
    parsingDidStart: async () => step("parse"),
    validationDidStart: async () => step("validate"),
    async willSendResponse({ operation, queryHash, errors }) {
      const kind = operation?.operation;
      // Clients choose the names of other documents.
      const name = documents.nameOf(queryHash) ?? undefined;
      if (kind) span.rename(name ? `${kind} ${name}` : kind);
      span.set({ "graphql.operation.type": kind, "graphql.operation.name": name });
      const [first] = errors ?? [];
      span.end(first && codeOf(first));
    },
  };
}
