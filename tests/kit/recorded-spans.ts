// Records the spans of this process in place of a collector.
import { randomUUID } from "node:crypto";
import { newTraceId } from "../../kit/service/trace.ts";
import { inScope } from "../../kit/telemetry/scope.ts";
import {
  type NewTrace,
  type Span,
  type SpanOptions,
  type SpanReference,
  useTracer,
} from "../../kit/telemetry/spans.ts";

export interface RecordedSpan extends SpanReference {
  readonly name: string;
  readonly parentSpanId: string | undefined;
  readonly links: readonly SpanReference[];
  readonly isEnded: boolean;
  readonly failure: string | undefined;
}

export interface Recorder {
  readonly spans: readonly RecordedSpan[];
  /** Runs work as a sampled request, and returns the id of its trace. */
  trace(work: () => Promise<unknown>): Promise<string>;
  stop(): void;
}

export function recordSpans(): Recorder {
  const spans: RecordedSpan[] = [];
  const start = (name: string, { traceId, parent, links = [] }: NewTrace): Span => {
    const spanId = randomUUID().replaceAll("-", "").slice(16);
    const recorded = {
      traceId,
      spanId,
      name,
      parentSpanId: parent?.spanId,
      links,
      isEnded: false,
      failure: undefined as string | undefined,
    };
    spans.push(recorded);
    const own = { traceId, spanId };
    return {
      ...own,
      child: (childName, options: SpanOptions = {}) =>
        start(childName, { ...options, traceId, parent: own }),
      set: () => undefined,
      rename: (renamed) => void Object.assign(recorded, { name: renamed }),
      end: (failure) => void Object.assign(recorded, { isEnded: true, failure }),
    };
  };
  useTracer({ ratio: 1, start });
  return {
    spans,
    async trace(work) {
      const root = start("root", { traceId: newTraceId() });
      await inScope(root, work);
      root.end();
      return root.traceId;
    },
    stop: () => useTracer(null),
  };
}
