// Guarantees about the trace of a message: from the mutation that sends it to the frames in which
// its readers get it.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Service } from "../../../local/services.ts";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import type { OwnRouter } from "../../kit/own-router.ts";
import { startOwnSubgraph } from "../../kit/own-subgraph.ts";
import { connect } from "../../kit/socket.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { aGroup, aMessage, take, watch } from "../messaging/harness.ts";
import { type Collector, startCollector } from "./collector.ts";
import { pathTo, rootSince, settingsFor, spansOf, tracedRouter } from "./traced-router.ts";

let collector: Collector;
let messaging: Service;
let router: OwnRouter;

beforeAll(async () => {
  collector = await startCollector();
  messaging = await startOwnSubgraph("messaging", settingsFor(collector.url));
  router = await tracedRouter(settingsFor(collector.url), {
    name: "messaging",
    url: messaging.url,
  });
});

afterAll(async () => {
  await router?.stop();
  await messaging?.stop();
  collector?.stop();
});

const BODY = "a secret among two";

/** Sends a message by the traced router, and returns how to find its trace. */
async function sendTraced({ token }: TokenHolder, conversationId: string) {
  const before = collector.spans.length;
  const input = { conversationId, body: BODY, clientMessageId: randomUUID() };
  await dataOf(operation("SendMessage"), { input }, { as: token, url: router.url });
  return () => rootSince(collector, before, "mutation")?.traceId;
}

test("a message is one trace to its frame, which is one span for all who read it", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const socket = await connect({ as: bob.token, url: router.url });
  const ids = Array.from({ length: 12 }, () => watch(socket, group, 0));
  await aMessage(ada, group);
  for (const id of ids) await take(socket, id, 1);
  const traceId = await sendTraced(ada, group);
  for (const id of ids) await take(socket, id, 1);
  const seen = ["mutation", "answer of messaging", "event conversationEvents", "frame"];
  const spans = await spansOf(collector, traceId, seen);
  const sent = ["answer of messaging", "fetch messaging", "mutation"];
  expect(pathTo(spans, "messaging.messages.append")).toEqual([
    "messaging.messages.append",
    "batch sends",
    ...sent,
  ]);
  expect(pathTo(spans, "redis publish")).toEqual(["redis publish", "batch sends", ...sent]);
  expect(pathTo(spans, "messaging.messages.shared")).toEqual([
    "messaging.messages.shared",
    "batch sharedMessages",
    "load message",
    "event conversationEvents",
    ...sent,
  ]);
  expect(pathTo(spans, "frame")).toEqual(["frame", "event conversationEvents", ...sent]);
  const frames = spans.filter(({ name }) => name === "frame");
  expect(frames).toMatchObject([{ attributes: { "frame.receivers": "12" } }]);
  expect(collector.bodies.join()).not.toContain(BODY);
  expect(collector.bodies.join()).not.toContain(group);
  socket.close();
});

const INBOX = "subscription { inboxEvents { __typename seq } }";

test("of streams that each reader has alone, one reader of a process is traced", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const socket = await connect({ as: bob.token, url: router.url });
  const ids = Array.from({ length: 5 }, () => socket.subscribe(INBOX));
  for (const id of ids) await socket.event(id);
  const traceId = await sendTraced(ada, group);
  for (const id of ids) await socket.event(id);
  const seen = ["mutation", "event inboxEvents", "frame"];
  const spans = await spansOf(collector, traceId, seen);
  const names = spans.map(({ name }) => name);
  expect(names.filter((name) => name === "event inboxEvents")).toHaveLength(1);
  expect(names.filter((name) => name === "frame")).toHaveLength(1);
  socket.close();
});

test("a batch of sends belongs to the first one, and is linked to the others", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  const before = collector.spans.length;
  await Promise.all(Array.from({ length: 12 }, () => sendTraced(ada, group)));
  const since = () => collector.spans.slice(before);
  const answers = () => since().filter(({ name }) => name === "answer of messaging");
  const batches = () => since().filter(({ name }) => name === "batch sends");
  const sizes = () =>
    batches().reduce((sum, { attributes }) => sum + Number(attributes["batch.size"]), 0);
  await expect.poll(() => [answers().length, sizes()], { timeout: 20_000 }).toEqual([12, 12]);
  const owners = batches().flatMap(({ parentSpanId, links }) => [
    parentSpanId,
    ...links.map(({ spanId }) => spanId),
  ]);
  expect(owners.sort()).toEqual(
    answers()
      .map(({ spanId }) => spanId)
      .sort(),
  );
});

test("an entry keeps the trace of its message, and has none if that is not sampled", async () => {
  const [ada, bob] = await tokenHolders(2);
  const group = await aGroup(ada, [bob]);
  await aMessage(ada, group);
  const traceId = await sendTraced(ada, group);
  await spansOf(collector, traceId, ["mutation"]);
  const { rows } = await withDatabase("messaging", (client) =>
    client.query<{ trace: string | null }>(
      "select trace from stream_entry where stream_id = $1 order by seq",
      [`conversation:${group}`],
    ),
  );
  expect(rows).toEqual([
    { trace: null },
    { trace: expect.stringMatching(`^00-${traceId()}-[0-9a-f]{16}-01$`) },
  ]);
});
