// Guarantees about the send queue of a stream: in order, no faster than its client reads, and never
// far ahead of the network.
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { describe, expect, test, vi } from "vitest";
import { simulateNetwork } from "../../tests/kit/simulated-network.ts";
import * as queues from "./send-queue.ts";

/** A client whose network takes frames when the test says. */
function aClient() {
  const sent: string[] = [];
  const takers: (() => void)[] = [];
  const ends: (readonly GraphQLFormattedError[] | null)[] = [];
  const network = simulateNetwork();
  const owner = { options: { traceId: "" }, close: vi.fn(), cancelWhenOver: vi.fn() };
  const sink: queues.ClientSink = {
    ...network,
    next(payload) {
      sent.push(String(payload));
      network.carry(new Promise((resolve) => takers.push(resolve)));
    },
    end: (errors) => ends.push(errors),
  };
  const queue = queues.createSendQueue(sink, owner);
  return {
    push: (payload: string | (() => Promise<string>), onSent?: () => void) =>
      queues.push(
        queue,
        typeof payload === "string"
          ? Buffer.from(payload)
          : () => payload().then((text) => Buffer.from(text)),
        false,
        onSent,
      ),
    end: (errors: readonly GraphQLError[] | null) => queues.end(queue, errors),
    drop: (errors: readonly GraphQLError[] | null) => queues.drop(queue, errors),
    discard: () => queues.discard(queue),
    owner,
    sent,
    ends,
    /** The network takes all frames, or this many. */
    async take(count = takers.length) {
      for (const taken of takers.splice(0, count)) taken();
      await new Promise(setImmediate);
    },
  };
}

/** Payloads that the test makes, in the order of the requests for them. */
function byHand() {
  const begun: { readonly name: string; finish(): void }[] = [];
  const making = (name: string) => () =>
    new Promise<string>((resolve) => {
      begun.push({ name, finish: () => resolve(name) });
    });
  return { begun, making };
}

const upTo = (last: number) => Array.from({ length: last }, (_, at) => String(at + 1));
const big = (name: string) => name.padEnd(20_000, ".");

describe("payloads", () => {
  test("are sent at once and in order, 64 ahead of the network", async () => {
    const { push, sent, take } = aClient();
    for (const each of upTo(100)) expect(push(each)).toBe(true);
    expect(sent).toEqual(upTo(64));
    await take(63);
    expect(sent).toEqual(upTo(64));
    await take(1);
    expect(sent).toEqual(upTo(100));
  });

  test("never wait for a network that is drained", async () => {
    const { push, sent, take } = aClient();
    for (const each of upTo(300)) {
      push(each);
      expect(sent.at(-1)).toBe(each);
      await take();
    }
  });

  test("that are large are sent 64 KB ahead, and a larger one alone", async () => {
    const { push, sent, take } = aClient();
    const huge = "x".repeat(100_000);
    for (const each of [big("1"), big("2"), big("3"), big("4"), huge, "5"]) push(each);
    expect(sent).toEqual([big("1"), big("2"), big("3")]);
    await take();
    expect(sent.slice(3)).toEqual([big("4")]);
    await take();
    expect(sent.slice(4)).toEqual([huge]);
    await take();
    expect(sent.slice(5)).toEqual(["5"]);
  });

  test("that are made keep their order, whichever is ready first, eight at a time", async () => {
    const { push, sent } = aClient();
    const { begun, making } = byHand();
    for (const each of upTo(20)) push(making(each));
    push("21");
    expect(begun.map(({ name }) => name)).toEqual(upTo(8));
    for (const each of [...begun].reverse()) each.finish();
    await vi.waitFor(() => expect(sent).toEqual(upTo(8)));
    expect(begun.map(({ name }) => name)).toEqual(upTo(16));
    for (const each of begun.slice(8)) each.finish();
    await vi.waitFor(() => expect(begun).toHaveLength(20));
    for (const each of begun.slice(16)) each.finish();
    await vi.waitFor(() => expect(sent).toEqual(upTo(21)));
  });

  test("are reported as sent when they are sent, and not while they wait", async () => {
    const { push, take } = aClient();
    const [onSent, onSentLater] = [vi.fn(), vi.fn()];
    for (const each of upTo(63)) push(each);
    push("64", onSent);
    push("65", onSentLater);
    expect(onSent).toHaveBeenCalledOnce();
    expect(onSentLater).not.toHaveBeenCalled();
    await take();
    expect(onSentLater).toHaveBeenCalledOnce();
  });

  test("beyond 64 ahead and 256 that wait are not accepted", () => {
    const { push } = aClient();
    const accepted = upTo(400).map((each) => push(each));
    expect(accepted.indexOf(false)).toBe(64 + 256);
    expect(accepted.lastIndexOf(true)).toBe(64 + 256 - 1);
  });
});

describe("the end", () => {
  test("comes after the payloads that wait, and nothing is accepted behind it", async () => {
    const { push, end, sent, ends, take } = aClient();
    for (const each of upTo(65)) push(each);
    end(null);
    expect(push("late")).toBe(false);
    expect(ends).toEqual([]);
    await take();
    expect(sent).toEqual(upTo(65));
    expect(ends).toEqual([null]);
  });

  test("waits behind a frame that fills all room", async () => {
    const { push, end, ends, take } = aClient();
    push("x".repeat(100_000));
    end(null);
    expect(ends).toEqual([]);
    await take();
    expect(ends).toEqual([null]);
  });

  test("at once drops the payloads that wait, and is sent once", async () => {
    const { push, end, drop, sent, ends, take } = aClient();
    const { begun, making } = byHand();
    push(making("1"));
    for (const each of upTo(20)) push(each);
    end(null);
    drop([new GraphQLError("out", { extensions: { code: "FORBIDDEN" } })]);
    begun[0]?.finish();
    end(null);
    drop(null);
    await take();
    expect(sent).toEqual([]);
    expect(ends).toMatchObject([[{ message: "out" }]]);
  });

  test("closes the source at once, and finishes when the client gets it", async () => {
    const { push, end, owner, take } = aClient();
    for (const each of upTo(65)) push(each);
    end(null);
    expect(owner.close).toHaveBeenCalledOnce();
    expect(owner.cancelWhenOver).not.toHaveBeenCalled();
    await take();
    for (const each of [owner.close, owner.cancelWhenOver]) expect(each).toHaveBeenCalledOnce();
  });

  test("of a discarded queue is not sent", () => {
    const { push, drop, discard, owner, ends } = aClient();
    push("1");
    discard();
    drop(null);
    expect(ends).toEqual([]);
    for (const each of [owner.close, owner.cancelWhenOver]) expect(each).toHaveBeenCalledOnce();
  });
});
