// Guarantees about the shared inbox: one stream for all listeners, each with its own beginning.
import { expect, test } from "vitest";
import { type OpenInbox, shareInbox } from "./shared-stream.ts";
import type { InboxEvent } from "./subscriptions.ts";

type Opening = Parameters<OpenInbox>;

const event = (fields: object) => fields as InboxEvent;
const opened = event({
  __typename: "InboxOpened",
  streamId: "person:a",
  seq: 4,
  prevSeq: 4,
  positions: [{ streamId: "person:a", seq: 4 }],
});
const read = event({ __typename: "ConversationRead", streamId: "person:a", seq: 5, prevSeq: 4 });

function start() {
  const openings: Opening[] = [];
  let closed = 0;
  const share = shareInbox((...opening) => {
    openings.push(opening);
    return () => {
      closed += 1;
    };
  });
  const listen = (onNext: (next: InboxEvent) => void = () => {}) => {
    const seen: string[] = [];
    const close = share({
      next(next) {
        onNext(next);
        seen.push(`${next.__typename} ${next.seq}`);
      },
      resync: () => seen.push("resync"),
      error: (error) => seen.push(String(error)),
    });
    return { seen, close };
  };
  /** As the stream does it. */
  const deliver = (next: InboxEvent) => {
    const [positions, sink] = openings.at(-1) ?? [];
    sink?.next(next);
    positions?.delivered(next as never);
  };
  return { openings, listen, deliver, closings: () => closed };
}

test("listeners share one stream, which closes with the last of them", async () => {
  const { openings, listen, deliver, closings } = start();
  const one = listen();
  deliver(opened);
  deliver(read);
  const two = listen();
  await expect.poll(() => two.seen).toEqual(["InboxOpened 5"]);
  deliver(event({ ...read, seq: 6, prevSeq: 5 }));
  expect(one.seen).toEqual(["InboxOpened 4", "ConversationRead 5", "ConversationRead 6"]);
  expect(two.seen).toEqual(["InboxOpened 5", "ConversationRead 6"]);
  one.close();
  expect(closings()).toBe(0);
  two.close();
  expect([openings.length, closings()]).toEqual([1, 1]);
  listen();
  expect(openings).toHaveLength(2);
});

test("a resync reaches all listeners, and the next one opens another stream", () => {
  const { openings, listen } = start();
  const [one, two] = [listen(), listen()];
  openings[0]?.[1].resync?.();
  expect([one.seen, two.seen]).toEqual([["resync"], ["resync"]]);
  listen();
  expect(openings).toHaveLength(2);
});

test("a fault of one listener ends the stream for that listener alone", () => {
  const { listen, deliver } = start();
  const faulty = listen(() => {
    throw new Error("fault");
  });
  const other = listen();
  deliver(opened);
  deliver(read);
  expect(faulty.seen).toEqual(["Error: fault"]);
  expect(other.seen).toEqual(["InboxOpened 4", "ConversationRead 5"]);
});
