// Sends the spans of this process to a collector by OTLP, if the standard settings of OpenTelemetry
// say so. Spans wait in a bounded queue; a collector that does not answer costs spans, never a
// request.
import { randomUUID } from "node:crypto";
import {
  SpanKind as OtelKind,
  type Span as OtelSpan,
  type Tracer as OtelTracer,
  ROOT_CONTEXT,
  type SpanContext,
  SpanStatusCode,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import type { SpanExporter } from "@opentelemetry/sdk-trace";
import type { Log } from "#kit/service/logger";
import {
  type Span,
  type SpanKind,
  type SpanOptions,
  type SpanReference,
  type Tracer,
  useTracer,
} from "#kit/telemetry/spans";
import { readTracingSettings, type TracingSettings } from "#kit/telemetry/tracing-settings";

export interface Tracing {
  /** Sends what waits, for at most two seconds. */
  stop(): Promise<void>;
}

const STOP_MS_MAX = 2_000;
const OFF: Tracing = { stop: async () => {} };

/** Begins to send spans, or logs once why it does not. It never throws. */
export async function startTracing(
  service: string,
  log: Log,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Tracing> {
  const settings = readTracingSettings(service, env);
  if (settings.kind === "off") return OFF;
  if (settings.kind === "wrong") {
    log.warn(`no traces are sent: ${settings.why}`);
    return OFF;
  }
  // The packages take a second to load, so only here.
  const { BatchSpanProcessor, TracerProvider, AlwaysOnSampler } = await import(
    "@opentelemetry/sdk-trace"
  );
  const { resourceFromAttributes } = await import("@opentelemetry/resources");
  const exporter = told(await exporterOf(settings), log);
  const ids = fixedIds();
  const provider = new TracerProvider({
    sampler: new AlwaysOnSampler(),
    resource: resourceFromAttributes(settings.resource),
    idGenerator: ids,
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: settings.delayMs })],
  });
  useTracer(tracerOf(provider.getTracer("meetinity"), ids, settings.ratio));
  return {
    async stop() {
      useTracer(null);
      const limit = new Promise<void>((resolve) => setTimeout(resolve, STOP_MS_MAX).unref());
      await Promise.race([provider.shutdown().catch(() => {}), limit]);
    },
  };
}

/**
 * The time in ms since the epoch, with fractions: without them, the parts of a millisecond would
 * look as if they began at once. It follows the clock of the machine.
 */
export function createPreciseClock(coarse = Date.now, fine = () => performance.now()) {
  let offset = coarse() - fine();
  return () => {
    const [at, least] = [fine(), coarse()];
    offset = Math.min(Math.max(offset, least - at), least + 1 - at);
    return at + offset;
  };
}

const preciseNow = createPreciseClock();

/** Ids are given for the root of a trace, and random for spans. */
interface FixedIds {
  traceId: string;
  generateTraceId(): string;
  generateSpanId(): string;
}

function fixedIds(): FixedIds {
  return {
    traceId: "",
    generateTraceId() {
      return this.traceId;
    },
    generateSpanId: () => randomUUID().replaceAll("-", "").slice(16),
  };
}

async function exporterOf({ protocol }: TracingSettings): Promise<SpanExporter> {
  if (protocol === "http/json") {
    const { OTLPTraceExporter } = await import("@opentelemetry/exporter-trace-otlp-http");
    return new OTLPTraceExporter();
  }
  const { OTLPTraceExporter } = await import("@opentelemetry/exporter-trace-otlp-proto");
  return new OTLPTraceExporter();
}

/** Logs when sending begins to fail and when it works again, not each time. */
function told(exporter: SpanExporter, log: Log): SpanExporter {
  let isFailing = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const hasFailed = result.code !== 0;
        if (hasFailed && !isFailing) log.warn({ err: result.error }, "traces cannot be sent");
        if (!hasFailed && isFailing) log.info("traces are sent again");
        isFailing = hasFailed;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}

function tracerOf(otel: OtelTracer, ids: FixedIds, ratio: number): Tracer {
  return {
    ratio,
    start(name, { traceId, parent, ...options }) {
      ids.traceId = traceId;
      const context = parent ? trace.setSpanContext(ROOT_CONTEXT, contextOf(parent)) : ROOT_CONTEXT;
      return spanOf(otel, otel.startSpan(name, optionsOf(options), context));
    },
  };
}

function spanOf(otel: OtelTracer, span: OtelSpan): Span {
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    child: (name, options = {}) =>
      spanOf(otel, otel.startSpan(name, optionsOf(options), trace.setSpan(ROOT_CONTEXT, span))),
    rename: (name) => void span.updateName(name),
    set: (attributes) => void span.setAttributes(attributes),
    end(failure) {
      if (failure !== undefined) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
      }
      span.end(preciseNow());
    },
  };
}

const KINDS: Readonly<Record<SpanKind, OtelKind>> = {
  internal: OtelKind.INTERNAL,
  server: OtelKind.SERVER,
  client: OtelKind.CLIENT,
  producer: OtelKind.PRODUCER,
  consumer: OtelKind.CONSUMER,
};

function optionsOf({ kind = "internal", attributes, links = [], startedAt }: SpanOptions) {
  return {
    kind: KINDS[kind],
    ...(attributes && { attributes }),
    startTime: startedAt ?? preciseNow(),
    links: links.map((link) => ({ context: contextOf(link) })),
  };
}

function contextOf({ traceId, spanId }: SpanReference): SpanContext {
  return { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
}
