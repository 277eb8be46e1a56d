// Trace ids, which connect the log lines and spans of one request in all processes (W3C Trace
// Context, level 1).
import { randomUUID } from "node:crypto";
import type { SpanReference } from "#kit/telemetry/spans";

export interface TraceParent extends SpanReference {
  readonly isSampled: boolean;
}

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const NO_TRACE = "0".repeat(32);
const NO_SPAN = "0".repeat(16);
const SAMPLED = 1;

/** A `traceparent` header; null when it is missing or malformed. */
export function readTraceparent(header: unknown): TraceParent | null {
  const found = typeof header === "string" ? TRACEPARENT.exec(header) : null;
  if (!found) return null;
  const [, traceId = NO_TRACE, spanId = NO_SPAN, flags = "00"] = found;
  if (traceId === NO_TRACE || spanId === NO_SPAN) return null;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & SAMPLED) === SAMPLED };
}

/** The trace id of a `traceparent` header, or a new one when it is missing or malformed. */
export function traceIdOf(traceparent: unknown): string {
  return readTraceparent(traceparent)?.traceId ?? newTraceId();
}

/**
 * The header that passes a trace on to the next process. With a span it is sampled, and the next
 * process continues behind it.
 */
export function traceparentOf(traceId: string, span: SpanReference | null = null): string {
  return span
    ? `00-${span.traceId}-${span.spanId}-01`
    : `00-${traceId}-${newTraceId().slice(16)}-00`;
}

/** 32 hex digits of a UUID: Node pools its random bytes; a system call costs 5 % of a request. */
export function newTraceId(): string {
  return randomUUID().replaceAll("-", "");
}
