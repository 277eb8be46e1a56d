// The trace of a client's operation. Only a trusted proxy is a parent; the `traceparent` of anybody
// else becomes a link, because a client could choose the id of another one's trace, or have all its
// operations sampled.
import { newTraceId, readTraceparent } from "#kit/service/trace";
import { beginTrace, continueTrace, type Span } from "#kit/telemetry/spans";

export interface RequestTrace {
  /** In each log line and each error of the operation. */
  readonly traceId: string;
  /** Null unless the trace is sampled. Whoever answers the operation ends it. */
  readonly span: Span | null;
  /** Requests to subgraphs, counted as they are sent. */
  readonly calls: { count: number };
}

/** `isProxied` says that a trusted proxy sent the operation. */
export function traceRequest(
  traceparent: unknown,
  isProxied: boolean,
  startedAt: number,
): RequestTrace {
  const sent = readTraceparent(traceparent);
  const calls = { count: 0 };
  const options = { kind: "server", startedAt } as const;
  if (sent && isProxied) {
    const { traceId } = sent;
    const span = sent.isSampled ? continueTrace(NAME, { ...options, traceId, parent: sent }) : null;
    return { traceId, span, calls };
  }
  const traceId = newTraceId();
  const span = beginTrace(NAME, { ...options, traceId, links: sent ? [sent] : [] });
  return { traceId, span, calls };
}

/** Until the operation is known. */
const NAME = "GraphQL operation";
