// Reads exports of spans in OTLP as JSON: https://opentelemetry.io/docs/specs/otlp/. What is not
// shown is left out.
import { z } from "zod";

export interface SpanPlace {
  readonly traceId: string;
  readonly spanId: string;
}

export interface ShownSpan extends SpanPlace {
  /** Empty for the root of a trace. */
  readonly parentSpanId: string;
  readonly name: string;
  readonly service: string;
  /** In ms since the epoch. */
  readonly startedAt: number;
  readonly ms: number;
  /** The code of its failure; empty for none. */
  readonly failure: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly links: readonly SpanPlace[];
}

const hexId = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${length}}$`));
const place = z.object({ traceId: hexId(32), spanId: hexId(16) });
const nanoseconds = z.string().regex(/^\d{1,20}$/);
const attributes = z
  .array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) }))
  .default([]);

const span = place.extend({
  parentSpanId: z.string().default(""),
  name: z.string(),
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes,
  links: z.array(place).default([]),
  status: z.object({ code: z.number().optional(), message: z.string().optional() }).default({}),
});

export const exportShape = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes }).optional(),
      scopeSpans: z.array(z.object({ spans: z.array(span) })),
    }),
  ),
});

export function spansIn({ resourceSpans }: z.infer<typeof exportShape>): ShownSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = textsOf(resource?.attributes ?? [])["service.name"] ?? "";
    return scopeSpans.flatMap(({ spans }) => spans.map((each) => shown(each, service)));
  });
}

const FAILED = 2;

function shown(given: z.infer<typeof span>, service: string): ShownSpan {
  const { traceId, spanId, parentSpanId, name, links, status } = given;
  const startedAt = msOf(given.startTimeUnixNano);
  return {
    traceId,
    spanId,
    parentSpanId,
    name,
    service,
    startedAt,
    ms: Math.max(0, msOf(given.endTimeUnixNano) - startedAt),
    failure: status.code === FAILED ? (status.message ?? "FAILED") : "",
    attributes: textsOf(given.attributes),
    links,
  };
}

/** Microseconds are exact, nanoseconds since the epoch are beyond a number. */
function msOf(nano: string): number {
  return Number(BigInt(nano) / 1_000n) / 1_000;
}

function textsOf(given: z.infer<typeof attributes>): Record<string, string> {
  return Object.fromEntries(given.map(({ key, value }) => [key, String(Object.values(value)[0])]));
}
