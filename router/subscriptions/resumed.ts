// A source that outlives its subgraph: where it breaks, it is opened again behind the last event
// that it gave, and whoever listens notices nothing but the time, unless that takes too long.
import type { FormattedExecutionResult, GraphQLFormattedError } from "graphql";
import {
  isOutage,
  type UpstreamSubscription as Source,
  type UpstreamSink,
} from "../upstream/subscriptions.ts";
import { createRetries } from "./retries.ts";

export interface ResumedOptions {
  /** Opens the source: behind this position, or without one where the client asked. */
  open(position: unknown, sink: UpstreamSink): Source;
  /** Where an event stands. */
  positionOf(event: FormattedExecutionResult): unknown;
  /** Where the client began; undefined where that is only known with the first event. */
  readonly position: unknown;
}

/** Opens the source. Until a position is known, it ends where it breaks. */
export function openResumed(options: ResumedOptions, sink: UpstreamSink): Source {
  let { position } = options;
  let isOver = false;
  let source: Source | null = null;
  const retries = createRetries(begin);

  function end(errors: readonly GraphQLFormattedError[] | null): void {
    if (isOver) return;
    const isResumable = errors !== null && isOutage(errors) && (position ?? null) !== null;
    if (!isResumable || !retries.again()) sink.end(errors);
  }

  function begin(): void {
    source = options.open(position, {
      event(event) {
        retries.reset();
        position = options.positionOf(event) ?? position;
        sink.event(event);
      },
      end,
    });
  }

  begin();
  return {
    cancel() {
      isOver = true;
      retries.stop();
      source?.cancel();
    },
    consumed: () => source?.consumed(),
    joined: () => source?.joined(),
    received: (count) => source?.received(count),
  };
}
