// Who hears of a new generation of the graph, and which of the operations that run fit it no more:
// their document is not valid any more, something of what they ask for is denied from then on, or a
// subgraph that they ask is not there any more.
import { type DocumentNode, type GraphQLError, type GraphQLSchema, validate } from "graphql";
import { fail } from "#kit/errors";
import type { Identity } from "#kit/trust/identity";
import type { Generation, Graph } from "./graph.ts";
import type { AdmittedOperation } from "./policy/authorization.ts";

/** An operation that goes on by what was planned when it began. */
export interface RunningOperation extends Pick<AdmittedOperation, "variables"> {
  /** What clients saw when it was planned. */
  readonly schema: GraphQLSchema;
  /** What its client wants. */
  readonly document: DocumentNode;
  /** What is asked for: all of that, or the part that was not denied. */
  readonly permitted: Pick<AdmittedOperation, "document" | "operation">;
  /** The subgraphs that are asked. */
  readonly subgraphs: readonly string[];
  /** As whom it is asked for. */
  readonly identities: readonly Identity[];
}

export interface Changes extends Pick<Graph, "whenUnfit"> {
  listen: Graph["onChange"];
  tell(generation: Generation): void;
}

interface Running {
  readonly operation: RunningOperation;
  onUnfit(reason: GraphQLError): void;
}

export function openChanges(): Changes {
  const listeners = new Set<(generation: Generation) => void>();
  const running = new Set<Running>();
  let latest: Generation | null = null;

  function judge(generation: Generation, each: Running, isValid: IsValid): void {
    const reason = running.has(each) && whyUnfit(generation, each.operation, isValid);
    if (!reason) return;
    running.delete(each);
    each.onUnfit(reason);
  }

  return {
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(generation) {
      latest = generation;
      for (const listener of listeners) listener(generation);
      const isValid = validator(generation);
      for (const each of [...running]) judge(generation, each, isValid);
    },
    whenUnfit(operation, onUnfit) {
      const each = { operation, onUnfit };
      running.add(each);
      const now = latest;
      // The graph may have changed since it was planned. Whoever waits has to be in place first.
      if (now && now.supergraph.apiSchema !== operation.schema) {
        queueMicrotask(() => judge(now, each, validator(now)));
      }
      return () => running.delete(each);
    },
  };
}

type IsValid = (document: DocumentNode) => boolean;

/** Many operations have one document, which is validated once. */
function validator({ supergraph: { apiSchema } }: Generation): IsValid {
  const known = new Map<DocumentNode, boolean>();
  return (document) => {
    const isValid = known.get(document) ?? validate(apiSchema, document).length === 0;
    known.set(document, isValid);
    return isValid;
  };
}

/** What was denied before may be granted now: nobody sees more than they may by going without. */
function whyUnfit(
  { supergraph: { places }, authorize }: Generation,
  operation: RunningOperation,
  isValid: IsValid,
): GraphQLError | null {
  const { document, permitted, variables, identities, subgraphs } = operation;
  const isGranted = (identity: Identity) =>
    authorize({ ...permitted, variables, identity }).kind === "granted";
  if (!isValid(document) || !identities.every(isGranted)) return unfit();
  const isThere = (subgraph: string) => places.some(({ name }) => name === subgraph);
  return subgraphs.every(isThere) ? null : elsewhere();
}

function unfit(): GraphQLError {
  return fail(
    "GRAPHQL_VALIDATION_FAILED",
    "The graph has changed, and what you asked for is not in it any more: ask anew.",
  );
}

/** Its fields are served by other subgraphs, to whom asks for them now. */
function elsewhere(): GraphQLError {
  return fail(
    "SUBGRAPH_UNAVAILABLE",
    "A part of the graph has moved: subscribe again behind the last position you have.",
  );
}
