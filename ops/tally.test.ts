// Guarantees about counting from scrapes.
import { expect, it } from "vitest";
import { createTally, samplesIn } from "./tally.ts";

const operations = (outcome: string, value: number, operation = "Home", kind = "query") =>
  `router_operations_total{operation="${operation}",kind="${kind}",outcome="${outcome}"} ${value}\n`;

it("only what happened after the first scrape counts, and refusals never", () => {
  const tally = createTally();
  tally.see("router", operations("ok", 100) + operations("failed", 7));
  tally.see("router", operations("ok", 150) + operations("failed", 8) + operations("refused", 90));
  expect(tally.countsOf("query-availability")).toEqual({ bad: 1, all: 51 });
});

it("a process that starts again loses nothing, and processes are added up", () => {
  const tally = createTally();
  for (const process of ["router", "router-2"]) tally.see(process, operations("ok", 100));
  tally.see("router", operations("ok", 130));
  tally.see("router", operations("ok", 20));
  tally.see("router-2", operations("ok", 101) + operations("failed", 4));
  expect(tally.countsOf("query-availability")).toEqual({ bad: 4, all: 55 });
});

it("sign-ins are apart from other mutations", () => {
  const tally = createTally();
  tally.see("router", "");
  tally.see(
    "router",
    operations("failed", 3, "SignIn", "mutation") + operations("ok", 5, "SendMessage", "mutation"),
  );
  expect(tally.countsOf("sign-in-availability")).toEqual({ bad: 3, all: 3 });
  expect(tally.countsOf("mutation-availability")).toEqual({ bad: 0, all: 5 });
});

it("what took longer than promised is bad", () => {
  const tally = createTally();
  const scrape = (inTime: number, all: number) =>
    `router_delivery_lag_seconds_bucket{le="0.5",subscription="inboxEvents"} ${inTime}\n` +
    `router_delivery_lag_seconds_bucket{le="+Inf",subscription="inboxEvents"} ${all}\n` +
    `router_delivery_lag_seconds_count{subscription="inboxEvents"} ${all}\n`;
  tally.see("router", scrape(10, 10));
  tally.see("router", scrape(25, 30));
  expect(tally.countsOf("delivery-lag")).toEqual({ bad: 5, all: 20 });
});

it("a level counts at each scrape", () => {
  const tally = createTally();
  const scrape = (users: number) =>
    `integration_behind_seconds{source="users"} ${users}\nintegration_behind_seconds{source="events"} 0\n`;
  for (const seconds of [0, 31, 30]) tally.see("messaging", scrape(seconds));
  expect(tally.countsOf("projection-freshness")).toEqual({ bad: 1, all: 6 });
});

it("reads Prometheus's text format", () => {
  const text =
    '# HELP x Help.\n# TYPE x gauge\nx{a="b\\"c,d",e="f"} 1.5\ny +Inf\nz_total 3 1700000\n';
  expect(samplesIn(text)).toEqual([
    { name: "x", labels: { a: 'b"c,d', e: "f" }, value: 1.5 },
    { name: "y", labels: {}, value: Number.POSITIVE_INFINITY },
    { name: "z_total", labels: {}, value: 3 },
  ]);
});
