// Guarantees about the figures that graphs are made from.
import { expect, test } from "vitest";
import { figuresIn, readAll } from "./readings.ts";

const TEXT = `# HELP router_operations_total Operations by their outcome.
# TYPE router_operations_total counter
router_operations_total{operation="SendMessage",kind="mutation",outcome="ok"} 40
router_operations_total{operation="other",kind="query",outcome="failed"} 2
router_operation_duration_seconds_bucket{le="0.1",operation="SendMessage",kind="mutation"} 30
router_operation_duration_seconds_bucket{le="+Inf",operation="SendMessage",kind="mutation"} 40
router_operation_duration_seconds_bucket{le="0.1",operation="other",kind="query"} 1
router_open_subscriptions 7
process_cpu_seconds_total 1.5
`;

test("series of one metric are summed, buckets by their bound, and a missing metric has no figure", () => {
  expect(figuresIn(TEXT)).toEqual({
    operations: 42,
    failed: 2,
    operationSeconds: { "0.1": 31, "+Inf": 40 },
    subscriptions: 7,
    cpuSeconds: 1.5,
  });
});

test("a service that does not answer has no figures, and costs the others nothing", async () => {
  const services = new Map([["users", new URL("http://127.0.0.1:9")]]);
  expect(await readAll(services, 5)).toEqual({ at: 5, services: { users: null } });
});
