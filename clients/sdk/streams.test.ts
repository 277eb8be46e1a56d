// Guarantees about streams over a connection of this file: where they go on, and what ends them.
import { expect, test } from "vitest";
import type { Connection, Ending, Result } from "./connection.ts";
import { createDocuments, type Payload } from "./http.ts";
import { createObservable } from "./observable.ts";
import type { Operation } from "./operation.ts";
import { logPosition, type PositionedEvent } from "./positions.ts";
import type { SessionState } from "./session-state.ts";
import { createOpenStream } from "./streams.ts";

const OPERATION: Operation<Readonly<Record<string, unknown>>, object> = {
  id: "id",
  name: "Log",
  type: "subscription",
};

interface Subscription {
  readonly payload: Payload;
  readonly result: (result: Result) => void;
  readonly end: (ending: Ending) => void;
}

function start(onNext: (seq: number | undefined) => void = () => {}) {
  const subscriptions: Subscription[] = [];
  const calls: string[] = [];
  const connection = {
    ready: async () => {},
    replace: async (wish: object = {}) => void calls.push(`replace ${JSON.stringify(wish)}`),
    subscribe(payload: Payload, result: Subscription["result"], end: Subscription["end"]) {
      subscriptions.push({ payload, result, end });
      return () => calls.push("stop");
    },
  } as unknown as Connection;
  const clock = {
    now: () => 0,
    after(_ms: number, work: () => void) {
      const timer = setTimeout(work, 0);
      return () => clearTimeout(timer);
    },
  };
  const documents = createDocuments();
  const session = createObservable<SessionState>({ status: "signedIn", viewerId: "v" });
  const seen: unknown[] = [];
  const open = createOpenStream({ connection, documents, clock, random: () => 0, session });
  const close = open<PositionedEvent, object>(OPERATION, { of: "a" }, logPosition(3), {
    next({ seq }) {
      onNext(seq);
      seen.push(seq);
    },
    resync: () => seen.push("resync"),
    error: (error) => seen.push(error),
    complete: () => seen.push("complete"),
  });
  /** Subscription number `count`, from 1. */
  const subscription = async (count: number): Promise<Subscription> => {
    await expect.poll(() => subscriptions.length).toBe(count);
    return subscriptions.at(-1) as Subscription;
  };
  return { subscription, subscriptions, calls, seen, close, session };
}

const event = (seq: number) => ({ data: { log: { seq, prevSeq: seq - 1 } } });
const errors = (code: string) => [{ message: code, extensions: { code } }];

test("a stream goes on behind the last event that was delivered, whatever comes again", async () => {
  const { subscription, seen } = start();
  const one = await subscription(1);
  expect(one.payload.variables).toEqual({ of: "a", after: 3 });
  for (const seq of [2, 3, 4, 4, 5]) one.result(event(seq));
  one.end({ kind: "lost" });
  const two = await subscription(2);
  expect(two.payload.variables).toEqual({ of: "a", after: 5 });
  for (const seq of [5, 6]) two.result(event(seq));
  expect(seen).toEqual([4, 5, 6]);
});

test("a gap is not delivered: the stream asks again", async () => {
  const { subscription, seen } = start();
  (await subscription(1)).result(event(6));
  const two = await subscription(2);
  expect(two.payload.variables).toEqual({ of: "a", after: 3 });
  expect(seen).toEqual([]);
});

test("an event whose delivery throws ends the stream, and counts as not received", async () => {
  const fault = new Error("of the caller");
  const { subscription, seen } = start(() => {
    throw fault;
  });
  (await subscription(1)).result(event(4));
  await expect.poll(() => seen).toEqual([fault]);
});

test.each(["SUBGRAPH_UNAVAILABLE", "INTERNAL_SERVER_ERROR", "RATE_LIMITED"])(
  "after %s the stream tries again",
  async (code) => {
    const { subscription, seen } = start();
    (await subscription(1)).end({ kind: "errors", errors: errors(code) });
    await subscription(2);
    expect(seen).toEqual([]);
  },
);

test("an ended token is replaced if the router has not closed the socket by then", async () => {
  const { subscription, calls } = start();
  (await subscription(1)).end({ kind: "errors", errors: errors("UNAUTHENTICATED") });
  (await subscription(2)).end({ kind: "errors", errors: errors("UNAUTHENTICATED") });
  await subscription(3);
  expect(calls).toEqual(["replace {}"]);
});

test("a subscriber that another connection took over gets another id", async () => {
  const { subscription, calls } = start();
  (await subscription(1)).end({ kind: "errors", errors: errors("CONFLICT") });
  await subscription(2);
  expect(calls).toEqual(['replace {"isNewSubscriber":true}']);
});

test("a position that cannot be resumed is a resync", async () => {
  const { subscription, seen } = start();
  (await subscription(1)).end({ kind: "errors", errors: errors("RESYNC_REQUIRED") });
  await expect.poll(() => seen).toEqual(["resync"]);
});

test("other errors end the stream, and so does the server", async () => {
  const refused = start();
  (await refused.subscription(1)).end({ kind: "errors", errors: errors("NOT_FOUND") });
  await expect.poll(() => refused.seen).toMatchObject([{ code: "NOT_FOUND" }]);
  const over = start();
  (await over.subscription(1)).end({ kind: "complete" });
  await expect.poll(() => over.seen).toEqual(["complete"]);
});

test("a stream ends when its person signs out, or somebody else signs in", async () => {
  for (const viewerId of [null, "other"]) {
    const { subscription, session, seen, calls } = start();
    const one = await subscription(1);
    const status = viewerId === null ? "signedOut" : "signedIn";
    session.set({ status, viewerId });
    one.result(event(4));
    expect([seen.length, calls]).toEqual([1, ["stop"]]);
    expect(seen).toMatchObject([{ code: "UNAUTHENTICATED" }]);
  }
});

test("a closed stream delivers nothing more", async () => {
  const { subscription, subscriptions, seen, close, calls } = start();
  const one = await subscription(1);
  close();
  one.result(event(4));
  one.end({ kind: "lost" });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([seen, subscriptions.length, calls]).toEqual([[], 1, ["stop"]]);
});
