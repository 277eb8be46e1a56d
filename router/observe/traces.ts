// The latest traces, in memory: bounded in number and bytes. The oldest are dropped.
import type { ShownSpan } from "./otlp.ts";

export interface TraceSummary {
  readonly traceId: string;
  /** Of its root; without one, of the span that began first. */
  readonly name: string;
  readonly startedAt: number;
  readonly ms: number;
  readonly spans: number;
  readonly services: readonly string[];
  readonly hasFailed: boolean;
}

export interface ShownTrace {
  /** In the order in which they began. */
  readonly spans: readonly ShownSpan[];
  /** Spans of other traces with a link to one of these. */
  readonly linked: readonly ShownSpan[];
}

export interface Traces {
  add(spans: readonly ShownSpan[]): void;
  /** Newest first. */
  list(): TraceSummary[];
  /** Null when it is not kept. */
  get(traceId: string): ShownTrace | null;
}

interface Bounds {
  readonly tracesMax: number;
  /** Of one trace; those that come later are dropped. */
  readonly spansMax: number;
  /** Of all, about. */
  readonly bytesMax: number;
}

const BOUNDS: Bounds = { tracesMax: 300, spansMax: 1_000, bytesMax: 16 * 1024 * 1024 };

interface Kept {
  readonly spans: ShownSpan[];
  bytes: number;
}

export function createTraces({ tracesMax, spansMax, bytesMax }: Bounds = BOUNDS): Traces {
  const kept = new Map<string, Kept>();
  let bytes = 0;

  function keep(span: ShownSpan): void {
    const own = kept.get(span.traceId) ?? { spans: [], bytes: 0 };
    kept.set(span.traceId, own);
    if (own.spans.length >= spansMax) return;
    const size = JSON.stringify(span).length;
    own.spans.push(span);
    own.bytes += size;
    bytes += size;
  }

  function dropOldest(): void {
    for (const [traceId, oldest] of kept) {
      if (kept.size <= tracesMax && bytes <= bytesMax) return;
      kept.delete(traceId);
      bytes -= oldest.bytes;
    }
  }

  return {
    add(spans) {
      for (const span of spans) keep(span);
      dropOldest();
    },
    list: () => [...kept].map(([traceId, { spans }]) => summaryOf(traceId, spans)).reverse(),
    get(traceId) {
      const own = kept.get(traceId);
      if (!own) return null;
      const linked = [...kept.values()]
        .filter((other) => other !== own)
        .flatMap((other) => other.spans)
        .filter(({ links }) => links.some((link) => link.traceId === traceId));
      return { spans: own.spans.toSorted(byStart), linked };
    },
  };
}

function byStart(a: ShownSpan, b: ShownSpan): number {
  return a.startedAt - b.startedAt;
}

function summaryOf(traceId: string, spans: readonly ShownSpan[]): TraceSummary {
  const first = spans.reduce((one, other) => (byStart(other, one) < 0 ? other : one));
  // Clocks of two processes, or of one, may disagree by a millisecond.
  const root = spans.find(({ parentSpanId }) => parentSpanId === "") ?? first;
  const endsAt = Math.max(...spans.map(({ startedAt, ms }) => startedAt + ms));
  return {
    traceId,
    name: root.name,
    startedAt: first.startedAt,
    ms: endsAt - first.startedAt,
    spans: spans.length,
    services: [...new Set(spans.map(({ service }) => service))].sort(),
    hasFailed: spans.some(({ failure }) => failure !== ""),
  };
}
