// Guarantees about traces of operations, from the router to the statements of a subgraph.
import { afterAll, beforeAll, expect, test } from "vitest";
import { newTraceId, traceparentOf } from "../../../kit/service/trace.ts";
import type { Service } from "../../../local/services.ts";
import { ask } from "../../kit/client.ts";
import type { OwnRouter } from "../../kit/own-router.ts";
import { startOwnSubgraph } from "../../kit/own-subgraph.ts";
import { anEvent, aPerson } from "../../kit/stories.ts";
import { type CollectedSpan, type Collector, startCollector } from "./collector.ts";
import { rootSince, settingsFor, spansOf, tracedRouter } from "./traced-router.ts";

let collector: Collector;
let events: Service;
let eventId: string;

beforeAll(async () => {
  collector = await startCollector();
  events = await startOwnSubgraph("events", settingsFor(collector.url));
  const { token } = await aPerson();
  eventId = await anEvent(token, { title: "A secret title" });
});

afterAll(async () => {
  await events.stop();
  collector.stop();
});

/** A router of this process, with settings for traces. */
function router(settings: Readonly<Record<string, string>>, env = {}): Promise<OwnRouter> {
  return tracedRouter(settings, { name: "events", url: events.url }, env);
}

const QUERY = "query Secret($id: ID!) { event(id: $id) { title seatsLeft } }";

/** The spans of the one trace in which the event was read, once the root is there. */
async function traceOf(traceId: () => string | undefined): Promise<CollectedSpan[]> {
  return spansOf(collector, traceId, ["query", "answer of events"]);
}

test("one trace shows an operation from its parsing to each statement, and no value", async () => {
  const own = await router(settingsFor(collector.url));
  const before = collector.spans.length;
  const { data } = await ask(QUERY, { id: eventId }, { url: own.url });
  expect(data).toMatchObject({ event: { title: "A secret title" } });
  const spans = await traceOf(() => rootSince(collector, before)?.traceId);
  const namesBelow = (parent: string) =>
    spans
      .filter(
        ({ parentSpanId }) => spans.find(({ spanId }) => spanId === parentSpanId)?.name === parent,
      )
      .map(({ name }) => name);
  expect(namesBelow("query")).toEqual(
    expect.arrayContaining(["parse", "validate", "authorize", "plan", "fetch events"]),
  );
  expect(namesBelow("fetch events")).toEqual(["answer of events"]);
  expect(namesBelow("answer of events")).toEqual(["load event"]);
  expect(namesBelow("load event")).toEqual([
    expect.stringMatching(/^(?:prisma\.event\.select|[a-z]+\.[\w.]+)$/),
  ]);
  expect(collector.bodies.join()).not.toMatch(/A secret title|Secret/);
  expect(collector.bodies.join()).not.toContain(eventId);
  await own.stop();
});

test("the log has one line for an operation, with its trace and nothing that a person wrote", async () => {
  const own = await router(settingsFor(collector.url));
  const before = collector.spans.length;
  await ask(QUERY, { id: eventId }, { url: own.url });
  const [root] = await traceOf(() => rootSince(collector, before)?.traceId).then((spans) =>
    spans.filter(({ name }) => name === "query"),
  );
  const lines = own.logged.filter(({ msg }) => msg === "answered an operation");
  expect(lines).toMatchObject([
    {
      traceId: root?.traceId,
      spanId: root?.spanId,
      kind: "query",
      operation: null,
      viewer: "anonymous",
      outcome: "ok",
      calls: 1,
      cost: { estimated: expect.any(Number), actual: expect.any(Number) },
      durationMs: expect.any(Number),
    },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/Secret|title/);
  await own.stop();
});

test("the trace of a client is a link, and does not decide; that of a trusted proxy is the parent", async () => {
  const settings = { ...settingsFor(collector.url), OTEL_TRACES_SAMPLER: "always_on" };
  const traceId = newTraceId();
  const sent = { traceId, spanId: "b7ad6b7169203331" };
  const headers = { traceparent: traceparentOf(traceId, sent) };
  const direct = await router(settings);
  const before = collector.spans.length;
  await ask(QUERY, { id: eventId }, { url: direct.url, headers });
  const [root] = await traceOf(() => rootSince(collector, before)?.traceId).then((spans) =>
    spans.filter(({ parentSpanId, service }) => service === "router" && !parentSpanId),
  );
  expect(root?.traceId).not.toBe(traceId);
  expect(root?.links).toMatchObject([sent]);
  await direct.stop();

  const proxied = await router(
    { ...settings, OTEL_TRACES_SAMPLER: "always_off" },
    { TRUSTED_PROXIES: "loopback" },
  );
  await ask(QUERY, { id: eventId }, { url: proxied.url, headers });
  await expect
    .poll(() => collector.spans.find((span) => span.parentSpanId === sent.spanId), {
      timeout: 20_000,
    })
    .toMatchObject({ traceId, name: "query", service: "router" });
  await proxied.stop();
});

test("operations that are not sampled make no span, in no process", async () => {
  const own = await router({
    ...settingsFor(collector.url),
    OTEL_TRACES_SAMPLER: "traceidratio",
    OTEL_TRACES_SAMPLER_ARG: "0",
  });
  const before = collector.spans.length;
  const headers = {
    traceparent: traceparentOf(newTraceId(), { traceId: newTraceId(), spanId: "b7ad6b7169203331" }),
  };
  await ask(QUERY, { id: eventId }, { url: own.url, headers });
  await own.stop();
  expect(collector.spans.length).toBe(before);
});

test("traces are sent as protobuf unless the settings say JSON", async () => {
  const own = await router({ ...settingsFor(collector.url), OTEL_EXPORTER_OTLP_PROTOCOL: "" });
  await ask(QUERY, { id: eventId }, { url: own.url });
  await own.stop();
  expect(collector.types).toContain("application/x-protobuf");
});

test.each([
  ["OTEL_TRACES_EXPORTER", "zipkin", "OTEL_TRACES_EXPORTER: is none of otlp, none"],
  [
    "OTEL_EXPORTER_OTLP_PROTOCOL",
    "grpc",
    "OTEL_EXPORTER_OTLP_PROTOCOL: is none of http/protobuf, http/json",
  ],
  [
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "collector:4318",
    "OTEL_EXPORTER_OTLP_ENDPOINT: is not an http or https URL",
  ],
  ["OTEL_TRACES_SAMPLER_ARG", "much", "OTEL_TRACES_SAMPLER_ARG: is not a number from 0 to 1"],
])("a mistake in %s is said once, and costs no request", async (name, value, message) => {
  const own = await router({ ...settingsFor(collector.url), [name]: value });
  const { data } = await ask(QUERY, { id: eventId }, { url: own.url });
  expect(data).toMatchObject({ event: { title: "A secret title" } });
  const said = own.logged.filter(({ msg }) => String(msg).includes("no traces are sent"));
  expect(said.map(({ msg }) => msg)).toEqual([`no traces are sent: ${message}`]);
  await own.stop();
});

test("a collector that does not answer is said once, and costs no request", async () => {
  const own = await router({
    ...settingsFor("http://127.0.0.1:9"),
    OTEL_EXPORTER_OTLP_TIMEOUT: "200",
  });
  for (let count = 0; count < 20; count += 1) {
    const { data } = await ask(QUERY, { id: eventId }, { url: own.url });
    expect(data).toMatchObject({ event: { title: "A secret title" } });
  }
  const said = () => own.logged.filter(({ msg }) => msg === "traces cannot be sent");
  await expect.poll(said, { timeout: 20_000 }).toHaveLength(1);
  await own.stop();
  expect(said()).toHaveLength(1);
});
