// Spans around a piece of work, and traces that are kept with what they caused: an entry, an
// integration event, a job. Another process continues them from there. Without a sampled trace
// nothing is made.
import { GraphQLError } from "graphql";
import { readTraceparent, traceparentOf } from "#kit/service/trace";
import { activeSpan, withSpan } from "#kit/telemetry/scope";
import { continueTrace, type Span, type SpanOptions } from "#kit/telemetry/spans";

/** Runs `work` in a child of the active span; without one, only runs it. */
export function traced<T>(
  name: string,
  options: SpanOptions,
  work: () => PromiseLike<T>,
): Promise<T> {
  return inSpan(activeSpan()?.child(name, options) ?? null, work);
}

/** Runs `work` in a span, which ends with it; with null, only runs it. */
export async function inSpan<T>(span: Span | null, work: () => PromiseLike<T>): Promise<T> {
  if (!span) return work();
  try {
    const result = await withSpan(span, work);
    span.end();
    return result;
  } catch (error) {
    span.end(failureOf(error));
    throw error;
  }
}

function failureOf(error: unknown): string {
  const code = error instanceof GraphQLError ? error.extensions.code : undefined;
  return typeof code === "string" ? code : "FAILED";
}

/** The active span as a `traceparent`, to be kept; null unless the trace is sampled. */
export function activeTrace(): string | null {
  const span = activeSpan();
  return span && traceparentOf(span.traceId, span);
}

/** Continues a trace that was kept, in any process. */
export function continueKept(name: string, trace: unknown, options: SpanOptions = {}): Span | null {
  const parent = readTraceparent(trace);
  if (!parent?.isSampled) return null;
  return continueTrace(name, { ...options, traceId: parent.traceId, parent });
}
