// A router and subgraphs that send their traces to a test's collector.
import { expect, vi } from "vitest";
import { type OwnRouter, startOwnRouter } from "../../kit/own-router.ts";
import type { CollectedSpan, Collector } from "./collector.ts";

export function settingsFor(url: string) {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    OTEL_BSP_SCHEDULE_DELAY: "50",
  };
}

/** A router of this process, with settings for traces, in front of one own subgraph. */
export async function tracedRouter(
  settings: Readonly<Record<string, string>>,
  subgraph: { readonly name: string; readonly url: string },
  env: Readonly<Record<string, string>> = {},
): Promise<OwnRouter> {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const url = new URL("/graphql", subgraph.url).href;
  const address = { [`SUBGRAPH_URL_${subgraph.name.toUpperCase()}`]: url };
  const own = await startOwnRouter({ ...address, ...env }, [subgraph.name]);
  vi.unstubAllEnvs();
  return own;
}

/** The root of the first trace of a router that came behind the first `before` spans. */
export function rootSince(
  { spans }: Collector,
  before: number,
  name?: string,
): CollectedSpan | undefined {
  return spans
    .slice(before)
    .find(
      (span) =>
        span.service === "router" &&
        !span.parentSpanId &&
        (name === undefined || span.name === name),
    );
}

/** The spans of one trace, once it has all these names. */
export async function spansOf(
  { spans }: Collector,
  traceId: () => string | undefined,
  names: readonly string[],
): Promise<CollectedSpan[]> {
  const own = () => spans.filter((span) => span.traceId === traceId());
  await expect
    .poll(() => own().map(({ name }) => name), { timeout: 20_000 })
    .toEqual(expect.arrayContaining([...names]));
  return own();
}

/** The names of a span and of those above it in its trace, from the span up. */
export function pathTo(spans: readonly CollectedSpan[], name: string): string[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const path: string[] = [];
  let at = spans.find((span) => span.name === name);
  for (; at; at = byId.get(at.parentSpanId ?? "")) path.push(at.name);
  return path;
}
