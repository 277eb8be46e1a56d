// The span of a frame: from the arrival of an event whose entry is sampled until the frame is
// written, one for all who receive it from this router. Its subgraph says which trace it continues.
import type { FormattedExecutionResult } from "graphql";
import type { Span } from "#kit/telemetry/spans";
import { continueKept } from "#kit/telemetry/traced";

/** Null for most. */
export function beginFrame({ extensions }: FormattedExecutionResult): Span | null {
  if (extensions?.traceparent === undefined) return null;
  return continueKept("frame", extensions.traceparent, { kind: "consumer" });
}

/** `receivers` are the clients of this router to whom it was written. */
export function endFrame(span: Span, receivers: number): void {
  span.set({ "frame.receivers": receivers });
  span.end();
}
