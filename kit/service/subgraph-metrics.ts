// The metrics of a subgraph's server, for Prometheus: operations of the router, and subscriptions.
import type { GraphQLError, OperationTypeNode } from "graphql";
import { ERROR_CODES, isErrorCode } from "#kit/errors";
import { counter, gauge, histogram, onScrape, REQUEST_SECONDS } from "#kit/telemetry/metrics";

/** `entities`: the router asks for fields of entities that it knows by key. */
export type SubgraphOperationKind = OperationTypeNode | "entities" | "unknown";

/** A socket of a router, with its open operations by id. */
export interface RouterSocket {
  readonly subscriptions: Readonly<Record<string, unknown>>;
}

const durations = histogram(
  "subgraph_operation_duration_seconds",
  "Time from an operation's arrival at the subgraph to its answer.",
  REQUEST_SECONDS,
  ["subgraph", "kind"],
);
const outcomes = counter(
  "subgraph_operations_total",
  "Operations of a subgraph; failed means an error on our side.",
  ["subgraph", "kind", "outcome"],
);
const sockets = gauge("subgraph_open_sockets", "WebSockets of routers.", ["subgraph"]);
const subscriptions = gauge("subgraph_open_subscriptions", "Subscriptions of routers.", [
  "subgraph",
]);

export function countOperation(
  subgraph: string,
  kind: SubgraphOperationKind,
  errors: readonly GraphQLError[],
  seconds: number,
): void {
  const isOurs = errors.some(({ extensions: { code } }) => statusOf(code) >= 500);
  const outcome = errors.length === 0 ? "ok" : isOurs ? "failed" : "refused";
  outcomes.inc({ subgraph, kind, outcome });
  durations.observe({ subgraph, kind }, seconds);
}

/** An error without a code of the registry is a bug. */
function statusOf(code: unknown): number {
  return isErrorCode(code) ? ERROR_CODES[code].httpStatus : 500;
}

/** Counts the sockets in `open`, which may change, until the returned function is called. */
export function measureSockets(subgraph: string, open: ReadonlySet<RouterSocket>): () => void {
  const stop = onScrape(() => {
    sockets.set({ subgraph }, open.size);
    const counts = [...open].map((socket) => Object.keys(socket.subscriptions).length);
    subscriptions.set(
      { subgraph },
      counts.reduce((sum, count) => sum + count, 0),
    );
  });
  return () => {
    stop();
    sockets.remove({ subgraph });
    subscriptions.remove({ subgraph });
  };
}
