// Who hears of a new generation of the graph, and which of the operations that run fit it no more:
// their document is not valid any more, or nothing of it may be asked for.
import { type GraphQLError, validate } from "graphql";
import { fail } from "#kit/errors";
import type { Generation, Graph } from "./graph.ts";
import type { AdmittedOperation } from "./policy/authorization.ts";

export interface Changes extends Pick<Graph, "whenUnfit"> {
  listen: Graph["onChange"];
  tell(generation: Generation): void;
}

export function openChanges(): Changes {
  const listeners = new Set<(generation: Generation) => void>();
  const running = new Set<{ operation: AdmittedOperation; onUnfit(reason: GraphQLError): void }>();
  return {
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(generation) {
      for (const listener of listeners) listener(generation);
      for (const each of [...running]) {
        if (!running.has(each) || fits(generation, each.operation)) continue;
        running.delete(each);
        each.onUnfit(unfit());
      }
    },
    whenUnfit(operation, onUnfit) {
      const each = { operation, onUnfit };
      running.add(each);
      return () => running.delete(each);
    },
  };
}

function fits({ supergraph, authorize }: Generation, operation: AdmittedOperation): boolean {
  const isValid = validate(supergraph.apiSchema, operation.document).length === 0;
  return isValid && authorize(operation).kind !== "refused";
}

function unfit(): GraphQLError {
  return fail(
    "GRAPHQL_VALIDATION_FAILED",
    "The graph has changed, and what you asked for is not in it any more: ask anew.",
  );
}
