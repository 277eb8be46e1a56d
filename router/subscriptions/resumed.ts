// An upstream subscription that survives its subgraph: when it breaks it is opened again behind the
// last event that it gave. Its sink gets an error only when that fails for too long.
import type { FormattedExecutionResult, GraphQLFormattedError } from "graphql";
import {
  isOutage,
  type UpstreamSink,
  type UpstreamSubscription,
} from "../upstream/subscriptions.ts";
import { createRetries } from "./retries.ts";

export interface ResumedOptions {
  /** Opens the source behind this position; without one, at the client's position. */
  open(position: unknown, sink: UpstreamSink): UpstreamSubscription;
  /** The position of an event; undefined or null when it has none. */
  positionOf(event: FormattedExecutionResult): unknown;
  /** The `after` of the client; undefined where only the first event tells the position. */
  readonly position: unknown;
}

/** Opens the source. Until a position is known, the first break ends it. */
export function openResumed(options: ResumedOptions, sink: UpstreamSink): UpstreamSubscription {
  let { position } = options;
  let isCancelled = false;
  let source: UpstreamSubscription | null = null;
  const retries = createRetries("ordinary", open);

  function end(errors: readonly GraphQLFormattedError[] | null): void {
    if (isCancelled) return;
    const isResumable = errors !== null && isOutage(errors) && (position ?? null) !== null;
    if (!isResumable || !retries.again()) sink.end(errors);
  }

  function open(): void {
    source = options.open(position, {
      event(event) {
        retries.reset();
        position = options.positionOf(event) ?? position;
        sink.event(event);
      },
      end,
    });
  }

  open();
  return {
    cancel() {
      isCancelled = true;
      retries.stop();
      source?.cancel();
    },
    consumed: () => source?.consumed(),
    joined: () => source?.joined(),
    received: (count) => source?.received(count),
  };
}
