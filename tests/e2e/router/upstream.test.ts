// The router's socket to a subgraph: failures end operations with an error, and nothing is resumed
// without the client.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Upstream } from "../../../router/upstream/subscriptions.ts";
import {
  type ManualSubgraph,
  open,
  startManualSubgraph,
  UNAVAILABLE,
  upstreamTo,
} from "./manual-subgraph.ts";

let server: ManualSubgraph;
let upstream: Upstream;
beforeEach(async () => {
  server = await startManualSubgraph();
  upstream = upstreamTo(server.url);
});
afterEach(async () => {
  upstream.stop();
  await server.stop();
});

describe("all operations", () => {
  test("share one socket, each with its own identity, trace and window", async () => {
    open(upstream);
    open(upstream);
    await server.arrived(2);
    expect(server.sockets).toHaveLength(1);
    expect(server.messages[0]?.payload).toEqual({ identity: "token of anonymous" });
    for (const { payload } of server.ofType("subscribe")) {
      expect(payload?.extensions).toEqual({
        identity: "token of audience",
        traceparent: expect.stringMatching(/^00-a{32}-[0-9a-f]{16}-00$/),
        window: 64,
      });
    }
  });

  test.each([
    ["as if all were well", 1000],
    ["because it goes away", 1001],
    ["because of a mistake", 4400],
  ])("fail when the subgraph closes it %s, and none is started again", async (_why, code) => {
    const [first, second] = [open(upstream), open(upstream)];
    await server.arrived(2);
    server.sockets[0]?.close(code);
    await Promise.all([first.ended, second.ended]);
    expect([first.ends, second.ends]).toEqual([[UNAVAILABLE], [UNAVAILABLE]]);
    const third = open(upstream);
    await server.arrived(3);
    expect(server.sockets).toHaveLength(2);
    third.feed.cancel();
    expect(server.ofType("subscribe")).toHaveLength(3);
  });

  test("fail when it sends an invalid message", async () => {
    const { ended, ends } = open(upstream);
    await server.arrived(1);
    server.sockets[0]?.send("nonsense");
    await ended;
    expect(ends).toEqual([UNAVAILABLE]);
  });
});

test("an operation that is cancelled before its start is not sent, and receives nothing", async () => {
  const early = open(upstream);
  early.feed.cancel();
  const late = open(upstream);
  await server.arrived(1);
  late.feed.cancel();
  const third = open(upstream);
  await server.arrived(2);
  const [lateId, thirdId] = server.ofType("subscribe").map(({ id }) => id);
  server.sockets[0]?.send(`{"id":"${lateId}","type":"next","payload":{"data":{"a":1}}}`);
  server.sockets[0]?.send(`{"id":"${thirdId}","type":"complete"}`);
  await third.ended;
  expect([early.ends, late.ends, late.events, third.ends]).toEqual([[], [], [], [null]]);
});

test("passed events are acknowledged to the subgraph, sixteen at a time", async () => {
  const { feed } = open(upstream);
  await server.arrived(1);
  for (let at = 0; at < 40; at += 1) feed.consumed();
  open(upstream);
  await server.arrived(2);
  expect(server.ofType("ping")).toEqual([
    { type: "ping", payload: { taken: { "1": 16 } } },
    { type: "ping", payload: { taken: { "1": 16 } } },
  ]);
});
