// Reads the standard settings of OpenTelemetry for traces: whether, how and how many are sent. The
// exporter itself reads the headers and the timeout. A mistake turns traces off.
import { z } from "zod";
import { ConfigError, readConfig } from "#kit/service/config";

export interface TracingSettings {
  readonly kind: "on";
  readonly protocol: Protocol;
  /** The share of traces that are sampled, 0 to 1. */
  readonly ratio: number;
  /** How long spans wait for others. */
  readonly delayMs: number;
  /** The attributes of this process. */
  readonly resource: Readonly<Record<string, string>>;
}

export type TracingDecision =
  | TracingSettings
  | { readonly kind: "off" }
  | { readonly kind: "wrong"; readonly why: string };

type Environment = Readonly<Record<string, string | undefined>>;
type Protocol = (typeof PROTOCOLS)[number];

const PROTOCOLS = ["http/protobuf", "http/json"] as const;
const SAMPLERS = ["always_on", "always_off", "traceidratio"] as const;
/** Only a trusted proxy is a parent, and the router honours it with any sampler. */
const PARENT_BASED = /^parentbased_/;

const collector = z.url({ protocol: /^https?$/, error: "is not an http or https URL" });

const shape = {
  OTEL_SDK_DISABLED: z
    .string()
    .transform((text) => text.toLowerCase() === "true")
    .default(false),
  OTEL_TRACES_EXPORTER: z.enum(["otlp", "none"], oneOf("otlp", "none")).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.enum(PROTOCOLS, oneOf(...PROTOCOLS)).default("http/protobuf"),
  OTEL_TRACES_SAMPLER: z
    .string()
    .transform((text) => text.replace(PARENT_BASED, ""))
    .pipe(z.enum(SAMPLERS, oneOf(...SAMPLERS)))
    .default("always_on"),
  OTEL_TRACES_SAMPLER_ARG: z.coerce
    .number({ error: "is not a number from 0 to 1" })
    .min(0, "is below 0")
    .max(1, "is above 1")
    .default(1),
  OTEL_BSP_SCHEDULE_DELAY: z.coerce
    .number({ error: "is not a number of milliseconds" })
    .min(1, "is below 1")
    .default(5_000),
  OTEL_SERVICE_NAME: z.string().optional(),
  OTEL_RESOURCE_ATTRIBUTES: z.string().transform(pairsOf).default({}),
};

function oneOf(...values: readonly string[]) {
  return { error: `is none of ${values.join(", ")}` };
}

export function readTracingSettings(service: string, env: Environment): TracingDecision {
  try {
    return decide(service, readConfig(shape, env));
  } catch (error) {
    if (error instanceof ConfigError) return { kind: "wrong", why: error.mistakes.join("; ") };
    throw error;
  }
}

function decide(
  service: string,
  settings: ReturnType<typeof readConfig<typeof shape>>,
): TracingDecision {
  const exporter = settings.OTEL_TRACES_EXPORTER;
  const endpoint =
    settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  const isWanted = exporter === "otlp" || (exporter === undefined && endpoint !== undefined);
  if (settings.OTEL_SDK_DISABLED || !isWanted) return { kind: "off" };
  const sampler = settings.OTEL_TRACES_SAMPLER;
  return {
    kind: "on",
    protocol: settings.OTEL_EXPORTER_OTLP_PROTOCOL,
    ratio:
      sampler === "traceidratio"
        ? settings.OTEL_TRACES_SAMPLER_ARG
        : Number(sampler === "always_on"),
    delayMs: settings.OTEL_BSP_SCHEDULE_DELAY,
    resource: {
      "service.namespace": "meetinity",
      ...settings.OTEL_RESOURCE_ATTRIBUTES,
      "service.name": settings.OTEL_SERVICE_NAME ?? service,
    },
  };
}

/** `a=1,b=2`, percent-encoded. What is no pair is left out. */
function pairsOf(text: string): Record<string, string> {
  const pairs = text.split(",").map((pair) => pair.split("=", 2).map((part) => part.trim()));
  return Object.fromEntries(
    pairs.flatMap(([name, value]) => (name && value ? [[name, decoded(value)]] : [])),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
