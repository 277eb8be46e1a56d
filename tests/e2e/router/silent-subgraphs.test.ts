// A subgraph that falls silent: the router pings it, gives it up without an answer, and ends its
// streams with an error. The clock is simulated, and the sockets are real.
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import type { Upstream } from "../../../router/upstream/subscriptions.ts";
import { GREETING, open, startManualSubgraph, UNAVAILABLE, upstreamTo } from "./manual-subgraph.ts";

const EVENT = `{"id":"1","type":"next","payload":{"data":{"a":1}}}`;
const PONG = `{"type":"pong"}`;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function begin(options?: { readonly isGreeting: boolean }) {
  const server = await startManualSubgraph(options);
  const upstream = upstreamTo(server.url);
  onTestFinished(() => stop(upstream, server));
  return { server, upstream, stream: open(upstream) };
}

async function stop(upstream: Upstream, server: { stop(): Promise<void> }): Promise<void> {
  upstream.stop();
  await server.stop();
}

describe("a subgraph that sends no connection_ack", () => {
  test("is given up after five seconds, and its streams end with an error", async () => {
    const { server, stream } = await begin({ isGreeting: false });
    await server.arrived(1, "connection_init");
    vi.advanceTimersByTime(5_000);
    await stream.ended;
    expect(stream.ends).toEqual([UNAVAILABLE]);
  });

  test("is waited for until then", async () => {
    const { server, stream } = await begin({ isGreeting: false });
    await server.arrived(1, "connection_init");
    vi.advanceTimersByTime(4_999);
    await server.say(GREETING);
    await server.arrived(1);
    await server.say(EVENT);
    expect(stream.events).toEqual([{ data: { a: 1 } }]);
  });

  test("nor speaks WebSocket is given up in the same way", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const stream = open(upstreamTo(new URL(`http://127.0.0.1:${port}/graphql`)));
    await once(server, "connection");
    vi.advanceTimersByTime(5_000);
    await stream.ended;
    expect(stream.ends).toEqual([UNAVAILABLE]);
  });
});

describe("a subgraph that has sent connection_ack", () => {
  async function pinged() {
    const begun = await begin();
    await begun.server.arrived(1);
    vi.advanceTimersByTime(12_000);
    await begun.server.arrived(1, "ping");
    return begun;
  }

  test("is pinged after twelve seconds, and not before", async () => {
    const { server, upstream } = await begin();
    await server.arrived(1);
    vi.advanceTimersByTime(11_999);
    open(upstream);
    await server.arrived(2);
    expect(server.ofType("ping")).toEqual([]);
    vi.advanceTimersByTime(1);
    await server.arrived(1, "ping");
  });

  test("and does not answer is given up five seconds later, and the next stream connects again", async () => {
    const { server, upstream, stream } = await pinged();
    vi.advanceTimersByTime(5_000);
    await stream.ended;
    expect(stream.ends).toEqual([UNAVAILABLE]);
    open(upstream);
    await server.arrived(2);
    expect(server.sockets).toHaveLength(2);
  });

  test.each([
    ["a pong", PONG],
    ["an event", EVENT],
  ])(
    "stays connected if it answers with %s in time, and is pinged again",
    async (_what, answer) => {
      const { server, stream } = await pinged();
      vi.advanceTimersByTime(4_999);
      await server.say(answer);
      vi.advanceTimersByTime(12_000);
      await server.arrived(2, "ping");
      expect(server.sockets).toHaveLength(1);
      expect(stream.ends).toEqual([]);
    },
  );

  test("leaves no timer behind when its socket closes", async () => {
    const { server, stream } = await pinged();
    server.sockets[0]?.terminate();
    await stream.ended;
    expect(vi.getTimerCount()).toBe(0);
  });
});
