// Spans, made by hand where time is spent. A trace that is not sampled has none, and callers write
// `span?.child(…)`. tracing.ts sends them.
/** Names, numbers and codes: never a value that a person wrote, an id of a person, or a secret. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** The kind of a span: `server` answers another process, `client` asks one. */
export type SpanKind = "internal" | "server" | "client" | "producer" | "consumer";

/** A span of another process: the last part of a `traceparent`. */
export interface SpanReference {
  readonly traceId: string;
  readonly spanId: string;
}

export interface SpanOptions {
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
  /** Spans that it belongs to beside its parent. */
  readonly links?: readonly SpanReference[];
  /** When it began, in ms since the epoch. Default now. */
  readonly startedAt?: number;
}

export interface Span extends SpanReference {
  child(name: string, options?: SpanOptions): Span;
  set(attributes: Attributes): void;
  rename(name: string): void;
  /** Ends it, as failed if there is the code of a failure. */
  end(failure?: string): void;
}

export interface NewTrace extends SpanOptions {
  readonly traceId: string;
  /** The span of another process that caused it. */
  readonly parent?: SpanReference | undefined;
}

/** Where spans go. */
export interface Tracer {
  /** The share of traces that begin here and are sampled, 0 to 1. */
  readonly ratio: number;
  start(name: string, options: NewTrace): Span;
}

let tracer: Tracer | null = null;

/** Sends spans of this process to `next`; null ends that. */
export function useTracer(next: Tracer | null): void {
  tracer = next;
}

/** 14 hex digits are 56 bits. */
const RANDOM_DIGITS = -14;
const RANDOM_MAX = 2 ** 56;

/** Begins a trace, if it is one of the share that is sampled; an id is decided alike anywhere. */
export function beginTrace(name: string, options: NewTrace): Span | null {
  if (!tracer || tracer.ratio === 0) return null;
  const isSampled =
    Number.parseInt(options.traceId.slice(RANDOM_DIGITS), 16) < tracer.ratio * RANDOM_MAX;
  return isSampled ? tracer.start(name, options) : null;
}

/** Continues a trace that another process of ours decided to sample. */
export function continueTrace(name: string, options: NewTrace): Span | null {
  return tracer?.start(name, options) ?? null;
}
