// The subscriptions of one subgraph: all viewers' operations over one socket, each with its own
// identity and its own window, so that a slow one is held back at its source and no other is.
// Nothing is resumed here: a stream that breaks ends, and its client goes on from the last position
// it has. To subscribe again would repeat from the old one.
import type { FormattedExecutionResult, GraphQLFormattedError } from "graphql";
import type { SubscribePayload } from "graphql-ws";
import type { Log } from "#kit/service/logger";
import { traceparentOf } from "#kit/service/trace";
import type { Identity, MintIdentity } from "#kit/trust/identity";
import { createSubgraphSocket, type SubgraphOperation, streamBroke } from "./socket.ts";

/** A subscription as a subgraph understands it, and for whom. */
export interface UpstreamOperation {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly identity: Identity;
  readonly traceId: string;
  /** The client's name for a stream that goes on where it was received up to. */
  readonly subscriberId?: string | undefined;
  /** The mode in which a shared stream is opened; the ordinary one where there is none. */
  readonly live?: LiveMode;
}

/** What the kit of the subgraphs understands: one viewer's part of a stream, or everybody's. */
export type LiveMode =
  | { readonly mode: "control" }
  | { readonly mode: "feed"; readonly shareKey: string };

export interface UpstreamSink {
  event(event: FormattedExecutionResult): void;
  /**
   * Called once, last: with errors when the stream was refused or broke, with null when it is
   * complete.
   */
  end(errors: readonly GraphQLFormattedError[] | null): void;
}

export interface UpstreamSubscription {
  /** Cancels at once; the sink hears nothing more. */
  cancel(): void;
  /**
   * Says that an event was passed on, which makes room for another; at once where the subgraph
   * waits for it, else with others.
   */
  consumed(isAwaited?: boolean): void;
  /** Says that nothing need be replayed: it is had from elsewhere. */
  joined(): void;
  /** Says that the client has received so many more events, which moves its marks. */
  received(count: number): void;
}

export interface Upstream {
  subscribe(operation: UpstreamOperation, sink: UpstreamSink): UpstreamSubscription;
  /** The subgraph is somewhere else: all streams break at once, and none begins here any more. */
  breakAll(): void;
  stop(): void;
}

/**
 * Events of one stream that a subgraph sends ahead of what the client has taken, if it knows
 * windows.
 */
const WINDOW = 64;
/** Events taken that are told of at once. */
const TOLD_AT_ONCE = 16;

/** Connects to the subgraph at `url` at the first subscription. */
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
      let isWanted = true;
      let upstream: SubgraphOperation | null = null;
      let untold = 0;
      const begin = (identity: string) => {
        if (isWanted) upstream = socket.subscribe(requestOf(operation, identity), sink);
      };
      mint(operation.identity).then(begin, () => {
        if (isWanted) sink.end([streamBroke()]);
      });
      return {
        cancel() {
          isWanted = false;
          upstream?.cancel();
        },
        consumed(isAwaited = false) {
          untold += 1;
          if (untold < TOLD_AT_ONCE && !isAwaited) return;
          upstream?.consumed(untold);
          untold = 0;
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

/** True when a stream broke, and may be opened again. */
export function isOutage([error]: readonly Pick<GraphQLFormattedError, "extensions">[]): boolean {
  return error?.extensions?.code === "SUBGRAPH_UNAVAILABLE";
}
