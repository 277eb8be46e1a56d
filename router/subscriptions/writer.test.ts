// Guarantees about the writer against a client of ws: texts arrive whole and in order, or not at
// all. Their meaning is not tested.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { expect, it, onTestFinished, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { createWriter } from "./writer.ts";

/** Both ends of a WebSocket, and a writer on the stream of the server's end. */
async function openPair(bytesMax = Number.POSITIVE_INFINITY) {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const sockets = new WebSocketServer({ noServer: true });
  const upgraded = new Promise<{ readonly served: WebSocket; readonly stream: Duplex }>((resolve) =>
    server.on("upgrade", (request, stream, head) => {
      sockets.handleUpgrade(request, stream, head, (served) => resolve({ served, stream }));
    }),
  );
  const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const received: string[] = [];
  client.on("message", (text) => received.push(String(text)));
  onTestFinished(() => client.terminate());
  const [{ served, stream }] = await Promise.all([upgraded, once(client, "open")]);
  const onTooMuch = vi.fn();
  const writer = createWriter(served, stream, { bytesMax, onTooMuch });
  const enqueue = (...parts: readonly string[]) =>
    writer.enqueue([parts.map((part) => Buffer.from(part))]);
  return { client, received, served, stream, writer, enqueue, onTooMuch };
}

/** Resolves when the network has taken everything. */
const drained = ({ writer }: { writer: ReturnType<typeof createWriter> }) =>
  new Promise<void>((resolve) => writer.whenDrained(resolve));

it("texts of every length arrive whole and in order, those of one turn in one write", async () => {
  const pair = await openPair();
  const { client, received, served, stream, writer, enqueue } = pair;
  const writes = vi.spyOn(stream, "write");
  const texts = [0, 1, 125, 126, 127, 65_535, 65_536, 100_000].map((length) => "é".repeat(length));
  for (const text of texts) enqueue(text.slice(0, 50), text.slice(50));
  expect(writer.isDrained()).toBe(false);
  await drained(pair);
  expect(writer.isDrained()).toBe(true);
  expect(writes).toHaveBeenCalledTimes(1);
  enqueue("the last");
  writer.flush();
  served.close();
  await once(client, "close");
  expect(received).toEqual([...texts, "the last"]);
});

it("a text that is written now does not wait for the end of the turn, and overtakes none", async () => {
  const { received, stream, writer, enqueue } = await openPair();
  const writes = vi.spyOn(stream, "write");
  writer.write(["1"], true);
  enqueue("2");
  writer.write([Buffer.from("3")], false);
  expect(writes).toHaveBeenCalledTimes(1);
  writer.write(["4"], true);
  expect(writes).toHaveBeenCalledTimes(2);
  enqueue("5");
  await vi.waitFor(() => expect(received).toEqual(["1", "2", "3", "4", "5"]));
});

it("texts arrive unchanged at fast and slow clients together", async () => {
  const pairs = await Promise.all(Array.from({ length: 4 }, () => openPair()));
  const said = pairs.map(() => [] as string[]);
  const enqueueAll = async (turns: number, bytes: number) => {
    for (let turn = 0; turn < turns; turn += 1) {
      for (const [at, { enqueue }] of pairs.entries()) {
        const text = `${at} ${turn} `.padEnd(bytes, String.fromCharCode(97 + (turn % 26)));
        said[at]?.push(text);
        enqueue(text);
      }
      await new Promise(setImmediate);
    }
  };
  for (const { client } of pairs.slice(0, 2)) client.pause();
  // More than a network takes for a client that does not read.
  await enqueueAll(600, 16_000);
  expect(pairs.map(({ writer }) => writer.isDrained())).toEqual([false, false, true, true]);
  await enqueueAll(200, 300);
  const drainedAll = Promise.all(pairs.map(drained));
  for (const { client } of pairs.slice(0, 2)) client.resume();
  await drainedAll;
  for (const [at, { client, received, served }] of pairs.entries()) {
    served.close();
    await once(client, "close");
    expect(received).toEqual(said[at]);
  }
}, 20_000);

it("texts for a client that has too much to read are dropped, and reported", async () => {
  const pair = await openPair(256 * 1024);
  const { client, received, enqueue, stream, onTooMuch } = pair;
  client.pause();
  let said = 0;
  while (onTooMuch.mock.calls.length === 0) {
    said += 1;
    enqueue(`${said}`.padEnd(50_000, "."));
    if (said % 3 === 0) await new Promise(setImmediate);
  }
  await new Promise(setImmediate);
  expect(stream.writableLength).toBeLessThan(256 * 1024 + 51_000);
  const drainedAll = drained(pair);
  client.resume();
  await drainedAll;
  await vi.waitFor(() => expect(received).toHaveLength(said - 1));
});

it("texts that belong together are all written, however large the first is", async () => {
  const { received, writer, onTooMuch } = await openPair(100);
  writer.enqueue([["a".repeat(1_000)], [Buffer.from("b")]]);
  await vi.waitFor(() => expect(received).toEqual(["a".repeat(1_000), "b"]));
  expect(onTooMuch).not.toHaveBeenCalled();
});

it("texts for a closing socket are dropped, and drain callbacks run", async () => {
  const pair = await openPair();
  const { client, received, served, enqueue } = pair;
  enqueue("late");
  const drainedAll = drained(pair);
  served.close();
  await Promise.all([drainedAll, once(client, "close")]);
  enqueue("later");
  await drained(pair);
  expect(received).toEqual([]);
});
