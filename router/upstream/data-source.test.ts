// Guarantees about the deadline of a call to a subgraph. Sockets are in tests/e2e/router.
import type { GraphQLDataSource } from "@apollo/gateway";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "../policy/limits.ts";
import { createMetrics } from "../telemetry/metrics.ts";
import { createDataSource } from "./data-source.ts";
import type { SubgraphPool } from "./pool.ts";

/** A subgraph that never answers, as its pool shows it. */
const silentPool: SubgraphPool = {
  name: "silent",
  url: new URL("http://127.0.0.1:1/graphql"),
  post: (_body, _headers, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    }),
  ready: async () => {},
  close: async () => {},
};

async function ask(operation: "query" | "mutation", ageMs: number) {
  const metrics = createMetrics();
  const source = createDataSource({
    pool: silentPool,
    mint: async () => "token",
    limits: DEFAULT_LIMITS,
    metrics,
    log: pino({ level: "silent" }),
  });
  const call: object = {
    request: { query: "{ a b: c }", variables: {} },
    context: { identity: { kind: "anonymous" }, traceId: "t", startedAt: Date.now() - ageMs },
    incomingRequestContext: { operation: { operation } },
  };
  const { data, errors } = await source.process(
    call as Parameters<GraphQLDataSource["process"]>[0],
  );
  return { data, errors, metrics: await metrics.print() };
}

describe("a call", () => {
  test.each<["query" | "mutation", number]>([
    ["query", 14_970],
    ["mutation", 29_970],
  ])("inside a %s is given up at the deadline of the operation", async (operation, ageMs) => {
    const { data, errors, metrics } = await ask(operation, ageMs);
    expect(data).toBeNull();
    expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
      [["a"], "DEADLINE_EXCEEDED"],
      [["b"], "DEADLINE_EXCEEDED"],
    ]);
    expect(metrics).toMatch(
      /call_duration_seconds_count\{subgraph="silent",outcome="deadline"\} 1/,
    );
  });

  test("is not even begun after it", async () => {
    const { errors } = await ask("query", 15_001);
    expect(errors?.[0]?.extensions?.code).toBe("DEADLINE_EXCEEDED");
  });
});
