// Guarantees about streams that are followed as one, over logs and a bus in memory.
import { expect, test } from "vitest";
import { createLive } from "#kit/live/live";
import type { Entry } from "#kit/live/streams";
import { createLog } from "#kit/service/logger";

const log = createLog({ name: "merged-test", level: "silent" });

/** Logs and a bus in memory; `statements` counts the reads. */
function memory() {
  const streams = new Map<string, Entry[]>();
  const listeners = new Map<string, Set<(message: unknown) => void>>();
  const statements = { heads: 0, reads: 0 };
  const live = createLive({
    log,
    pollMs: 10,
    logs: {
      async read(streamId, after, limit) {
        statements.reads += 1;
        return (streams.get(streamId) ?? []).slice(after, after + limit);
      },
      async heads(streamIds) {
        statements.heads += 1;
        return new Map(streamIds.map((id) => [id, streams.get(id)?.length ?? 0]));
      },
    },
    pubsub: {
      publish(channel, message) {
        const copy = JSON.parse(JSON.stringify(message));
        for (const listener of listeners.get(channel) ?? []) listener(copy);
      },
      async subscribe(channel, onMessage) {
        const known = listeners.get(channel) ?? new Set();
        listeners.set(channel, known.add(onMessage));
        return () => {
          known.delete(onMessage);
          if (known.size === 0) listeners.delete(channel);
        };
      },
      close: async () => {},
    },
  });
  function append(streamId: string, count = 1): Entry[] {
    const entries = streams.get(streamId) ?? [];
    const added = Array.from({ length: count }, (_, at) => {
      const prevSeq = entries.length + at;
      const position = { streamId, prevSeq, seq: prevSeq + 1 };
      return { ...position, type: "test", payload: {}, createdAt: new Date(0) };
    });
    streams.set(streamId, [...entries, ...added]);
    return added;
  }
  return { live, statements, listeners, append };
}

async function take(stream: AsyncIterator<Entry>, count: number): Promise<string> {
  const entries: string[] = [];
  while (entries.length < count) {
    const { value, done } = await stream.next();
    entries.push(done ? "end" : `${value.streamId}${value.seq}`);
  }
  return entries.join(" ");
}

test("many streams begin with one statement, each at its position, and then go live", async () => {
  const { live, statements, append } = memory();
  for (const id of ["a", "b", "c"]) append(id, 2);
  const starts = [{ streamId: "a", after: 0 }, { streamId: "b", after: 2 }, { streamId: "c" }];
  const stream = await live.openMany(starts);
  expect(statements.heads).toBe(1);
  expect(await take(stream, 2)).toBe("a1 a2");
  const pending = take(stream, 2);
  live.announce(append("c"));
  live.announce(append("b"));
  expect(await pending).toBe("c3 b3");
  // One page for the stream that was behind; the rest came by the bus.
  expect(statements.reads).toBe(1);
  live.close();
});

test("a lost wake-up is repaired in every stream", async () => {
  const { live, append } = memory();
  const stream = await live.openMany([{ streamId: "a" }, { streamId: "b" }]);
  const pending = take(stream, 3);
  append("a");
  append("b", 2);
  expect((await pending).split(" ").sort()).toEqual(["a1", "b1", "b2"]);
  live.close();
});

test("readers at the same position share one read of the log", async () => {
  const { live, statements, append } = memory();
  const readers = await Promise.all(Array.from({ length: 9 }, () => live.open("a")));
  const pending = Promise.all(readers.map((stream) => take(stream, 3)));
  append("a", 2);
  live.announce(append("a"));
  expect(await pending).toEqual(readers.map(() => "a1 a2 a3"));
  expect(statements.reads).toBe(1);
  live.close();
});

test("a reader that waits for one entry skips the others as they come", async () => {
  const { live, statements, append } = memory();
  const stream = await live.openMany([{ streamId: "a" }, { streamId: "b" }]);
  const seen: string[] = [];
  const wanted = stream.nextMatching(({ streamId, seq }) => {
    seen.push(streamId + seq);
    return seq === 3;
  });
  live.announce(append("a"));
  await expect.poll(() => seen).toEqual(["a1"]);
  live.announce(append("a"));
  // It was skipped in the turn in which it came.
  expect(seen).toEqual(["a1", "a2"]);
  live.announce([...append("b", 2), ...append("a", 3)]);
  expect((await wanted).value).toMatchObject({ streamId: "a", seq: 3 });
  expect(await take(stream, 2)).toBe("a4 a5");
  expect(statements.reads).toBe(0);
  const failing = stream.nextMatching(() => {
    throw new Error("not this one");
  });
  live.announce(append("b"));
  await expect(failing).rejects.toThrow("not this one");
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});

test("streams are added and removed while it is read, and added again at a position", async () => {
  const { live, append } = memory();
  append("b", 3);
  const stream = await live.openMany([{ streamId: "a" }]);
  const pending = take(stream, 2);
  await stream.follow([{ streamId: "b", after: 1 }]);
  expect(await pending).toBe("b2 b3");
  await stream.follow([{ streamId: "b", after: 0 }]);
  stream.unfollow("b");
  live.announce([...append("b"), ...append("a")]);
  expect(await take(stream, 1)).toBe("a1");
  await stream.follow([{ streamId: "b", after: 3 }]);
  expect(await take(stream, 1)).toBe("b4");
  live.close();
});

test("a position beyond the head is refused with its stream, and nothing is followed", async () => {
  const { live, listeners, append } = memory();
  append("a", 2);
  const starts = [
    { streamId: "a", after: 2 },
    { streamId: "b", after: 1 },
  ];
  const facts = { code: "RESYNC_REQUIRED", streamId: "b", head: 0 };
  await expect(live.openMany(starts)).rejects.toMatchObject({ extensions: facts });
  expect(listeners.size).toBe(0);
  live.close();
});

test("it ends while it waits, by its consumer, the session or the server, and unsubscribes from all", async () => {
  const { live, listeners } = memory();
  const starts = [{ streamId: "a" }, { streamId: "b" }];
  const left = await live.openMany(starts);
  const waiting = left.next();
  await left.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  await left.follow([{ streamId: "c" }]);
  const expired = await live.openMany(starts, { expiresAt: Date.now() + 20 });
  await expect(expired.next()).rejects.toMatchObject({ extensions: { code: "UNAUTHENTICATED" } });
  expect(listeners.size).toBe(0);
  const closed = await live.openMany(starts);
  const pending = closed.next();
  live.close();
  await expect(pending).rejects.toMatchObject({ extensions: { code: "SUBGRAPH_UNAVAILABLE" } });
});
