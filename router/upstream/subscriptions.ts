// The subscriptions of one subgraph: those of all viewers over one socket, each with an identity
// and a window of its own, so that a slow client holds back its own source and no other. A
// subscription that breaks ends here; its caller opens another behind the last position.
import type { FormattedExecutionResult, GraphQLFormattedError } from "graphql";
import type { SubscribePayload } from "graphql-ws";
import type { LiveMode } from "#kit/live/shared/live-modes";
import type { Log } from "#kit/service/logger";
import { traceparentOf } from "#kit/service/trace";
import type { Identity, MintIdentity } from "#kit/trust/identity";
import { createSubgraphSocket, type SubgraphOperation, streamBroke } from "./subgraph-socket.ts";

/** A subscription in the terms of its subgraph, and the identity that it runs under. */
export interface UpstreamOperation {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly identity: Identity;
  readonly traceId: string;
  /** The client's name for a stream that resumes behind its acknowledged position. */
  readonly subscriberId?: string | undefined;
  /** Without it the subgraph opens an ordinary stream. */
  readonly live?: LiveMode;
}

export interface UpstreamSink {
  event(event: FormattedExecutionResult): void;
  /** Called once, last: with the errors that refused or broke it, or null when it is complete. */
  end(errors: readonly GraphQLFormattedError[] | null): void;
}

/** A subscription of the router at a subgraph. */
export interface UpstreamSubscription {
  /** Cancels at once; the sink gets nothing more. */
  cancel(): void;
  /**
   * Reports that an event was passed on, which makes room for another. Reports are batched, unless
   * the subgraph waits for this one.
   */
  consumed(isAwaited?: boolean): void;
  /** Of a control stream: reports that no replay is needed, the feed has all. */
  joined(): void;
  /**
   * Reports that the client has received this many more events: its acknowledged position moves.
   */
  received(count: number): void;
}

export interface Upstream {
  subscribe(operation: UpstreamOperation, sink: UpstreamSink): UpstreamSubscription;
  /** Breaks all subscriptions at once, and each later one: the subgraph has another address now. */
  breakAll(): void;
  stop(): void;
}

/** Events of one subscription that a subgraph sends ahead of what was passed on. */
const WINDOW = 64;
/** Consumed events that are reported together. */
const REPORTED_TOGETHER = 16;

/** Connects to the subgraph at `url` with the first subscription. */
export function createUpstream(options: {
  readonly name: string;
  readonly url: URL;
  readonly mint: MintIdentity;
  readonly log: Log;
}): Upstream {
  const { mint } = options;
  const socket = createSubgraphSocket(options);
  return {
    subscribe(operation, sink) {
      let isCancelled = false;
      let upstream: SubgraphOperation | null = null;
      let unreported = 0;
      const begin = (identity: string) => {
        if (!isCancelled) upstream = socket.subscribe(requestOf(operation, identity), sink);
      };
      mint(operation.identity).then(begin, () => {
        if (!isCancelled) sink.end([streamBroke()]);
      });
      return {
        cancel() {
          isCancelled = true;
          upstream?.cancel();
        },
        consumed(isAwaited = false) {
          unreported += 1;
          if (unreported < REPORTED_TOGETHER && !isAwaited) return;
          upstream?.consumed(unreported);
          unreported = 0;
        },
        joined: () => upstream?.joined(),
        received: (count) => upstream?.received(count),
      };
    },
    breakAll: () => socket.breakAll(),
    stop: () => socket.close(),
  };
}

function requestOf(operation: UpstreamOperation, identity: string): SubscribePayload {
  const { query, operationName, variables, traceId, subscriberId, live } = operation;
  return {
    query,
    variables: { ...variables },
    ...(operationName !== undefined && { operationName }),
    extensions: {
      identity,
      traceparent: traceparentOf(traceId),
      window: WINDOW,
      ...(subscriberId !== undefined && { subscriber: subscriberId }),
      ...(live && { live }),
    },
  };
}

/** True for the errors of a subscription that broke, and may be opened again. */
export function isOutage([error]: readonly Pick<GraphQLFormattedError, "extensions">[]): boolean {
  return error?.extensions?.code === "SUBGRAPH_UNAVAILABLE";
}
