// Applies a new generation of the graph to users of the old one: listeners get the new generation,
// and running operations that are no longer valid end with a reason. An operation is no longer
// valid if its document is not, if a part of it is no longer authorized, or if one of its subgraphs
// was removed.
import { type DocumentNode, type GraphQLError, validate } from "graphql";
import { fail } from "#kit/errors";
import type { Identity } from "#kit/trust/identity";
import type { RunningOperation } from "../execution/subscription.ts";
import type { Generation, Graph } from "./graph.ts";

export interface Changes extends Pick<Graph, "onChange" | "whenInvalid"> {
  /** Notifies the listeners, then ends the operations that are no longer valid. */
  publish(generation: Generation): void;
}

interface Running {
  readonly operation: RunningOperation;
  onInvalid(reason: GraphQLError): void;
}

export function createChanges(): Changes {
  const listeners = new Set<(generation: Generation) => void>();
  const running = new Set<Running>();
  let latest: Generation | null = null;

  function judge(generation: Generation, each: Running, isValid: IsValid): void {
    const reason = running.has(each) && whyInvalid(generation, each.operation, isValid);
    if (!reason) return;
    running.delete(each);
    each.onInvalid(reason);
  }

  return {
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    publish(generation) {
      latest = generation;
      for (const listener of listeners) listener(generation);
      const isValid = createIsValid(generation);
      for (const each of [...running]) judge(generation, each, isValid);
    },
    whenInvalid(operation, onInvalid) {
      const each = { operation, onInvalid };
      running.add(each);
      const now = latest;
      // The graph may have changed since the operation was planned. The microtask lets the caller
      // have the returned function before `onInvalid` is called.
      if (now && now.supergraph.apiSchema !== operation.schema) {
        queueMicrotask(() => judge(now, each, createIsValid(now)));
      }
      return () => running.delete(each);
    },
  };
}

type IsValid = (document: DocumentNode) => boolean;

/** Many operations share one document; it is validated once. */
function createIsValid({ supergraph: { apiSchema } }: Generation): IsValid {
  const known = new Map<DocumentNode, boolean>();
  return (document) => {
    const isValid = known.get(document) ?? validate(apiSchema, document).length === 0;
    known.set(document, isValid);
    return isValid;
  };
}

/**
 * Null while an operation is valid. The permitted part of it is judged, not the whole document: a
 * field that was denied stays left out, even if the new generation grants it.
 */
function whyInvalid(
  { supergraph: { addresses }, authorize }: Generation,
  operation: RunningOperation,
  isValid: IsValid,
): GraphQLError | null {
  const { document, permitted, variables, identities, subgraphs } = operation;
  const isGranted = (identity: Identity) =>
    authorize({ ...permitted, variables, identity }).kind === "granted";
  if (!isValid(document) || !identities.every(isGranted)) return noLongerValid();
  const exists = (subgraph: string) => addresses.some(({ name }) => name === subgraph);
  return subgraphs.every(exists) ? null : subgraphRemoved();
}

function noLongerValid(): GraphQLError {
  return fail(
    "GRAPHQL_VALIDATION_FAILED",
    "The graph has changed, and this operation is no longer valid: subscribe again.",
  );
}

/** The fields have moved to other subgraphs, which a new subscription uses. */
function subgraphRemoved(): GraphQLError {
  return fail(
    "SUBGRAPH_UNAVAILABLE",
    "A part of the graph has moved: subscribe again behind the last position you have.",
  );
}
