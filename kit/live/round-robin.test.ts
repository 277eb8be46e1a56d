// Guarantees about reading many streams round-robin.
import { expect, test } from "vitest";
import { Cursor } from "#kit/live/cursor";
import { RoundRobin } from "#kit/live/round-robin";
import type { Entry } from "#kit/live/streams";

const createdAt = new Date(0);

function entryOf(streamId: string, seq: number): Entry {
  return { streamId, seq, prevSeq: seq - 1, type: "test", payload: {}, createdAt };
}

/** A cursor at the beginning of a stream with `count` entries. */
function cursorOf(streamId: string, head: number, before: (after: number) => void = () => {}) {
  const log = Array.from({ length: head }, (_, at) => entryOf(streamId, at + 1));
  const cursor = new Cursor({
    head,
    ring: [],
    async readAfter(after) {
      before(after);
      return log.slice(after, after + 2);
    },
  });
  cursor.start(0);
  return cursor;
}

function roundsOf(...cursors: readonly Cursor[]) {
  const rounds = new RoundRobin();
  for (const cursor of cursors) rounds.add(cursor);
  return rounds;
}

async function names(rounds: RoundRobin, count: number): Promise<string[]> {
  const entries: string[] = [];
  while (entries.length < count) {
    const entry = await rounds.take();
    entries.push(entry ? `${entry.streamId}${entry.seq}` : "nothing");
  }
  return entries;
}

test("a busy stream does not starve the others", async () => {
  const rounds = roundsOf(cursorOf("a", 5), cursorOf("b", 1), cursorOf("c", 2));
  expect((await names(rounds, 9)).join(" ")).toBe("a1 b1 c1 a2 c2 a3 a4 a5 nothing");
});

test("a stream that is added while others are read is read in the next round", async () => {
  const rounds = roundsOf(cursorOf("a", 4), cursorOf("b", 4));
  expect(await names(rounds, 1)).toEqual(["a1"]);
  rounds.add(cursorOf("c", 1));
  expect((await names(rounds, 4)).join(" ")).toBe("b1 a2 c1 b2");
});

test("a removed stream gives nothing more, also while it is read", async () => {
  const removed: Cursor = cursorOf("a", 4, () => rounds.remove(removed));
  const rounds = roundsOf(removed, cursorOf("b", 1));
  expect(await names(rounds, 2)).toEqual(["b1", "nothing"]);
  rounds.wake(removed);
  expect(await rounds.take()).toBeUndefined();
});

test("a cursor that has not started gives nothing", async () => {
  const waiting = new Cursor({
    head: 3,
    ring: [],
    readAfter: async () => [entryOf("a", 1)],
  });
  const rounds = roundsOf(waiting);
  expect(await rounds.take()).toBeUndefined();
  expect(await waiting.take()).toBeUndefined();
});
