// Guarantees of the writer against a client of ws: what is gathered arrives whole and in order, or
// not at all. What the frames mean is not looked at.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { expect, it, onTestFinished, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { createWriter } from "./writer.ts";

/** Both ends of a WebSocket, and a writer on the stream under the server's. */
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
  const heard: string[] = [];
  client.on("message", (text) => heard.push(String(text)));
  onTestFinished(() => client.terminate());
  const [{ served, stream }] = await Promise.all([upgraded, once(client, "open")]);
  const onTooMuch = vi.fn();
  const writer = createWriter(served, stream, { bytesMax, onTooMuch });
  const say = (...parts: readonly string[]) =>
    writer.enqueue([parts.map((part) => Buffer.from(part))]);
  return { client, heard, served, stream, writer, say, onTooMuch };
}

/** Resolves when the network took all that was said. */
const clear = ({ writer }: { writer: ReturnType<typeof createWriter> }) =>
  new Promise<void>((resolve) => writer.whenDrained(resolve));

it("texts of every length arrive whole and in order, those of one turn in one write", async () => {
  const pair = await openPair();
  const { client, heard, served, stream, writer, say } = pair;
  const writes = vi.spyOn(stream, "write");
  const texts = [0, 1, 125, 126, 127, 65_535, 65_536, 100_000].map((length) => "é".repeat(length));
  for (const text of texts) say(text.slice(0, 50), text.slice(50));
  expect(writer.isDrained()).toBe(false);
  await clear(pair);
  expect(writer.isDrained()).toBe(true);
  expect(writes).toHaveBeenCalledTimes(1);
  say("the last");
  writer.flush();
  served.close();
  await once(client, "close");
  expect(heard).toEqual([...texts, "the last"]);
});

it("what is said now does not wait for the end of the turn, and overtakes nothing", async () => {
  const { heard, stream, writer, say } = await openPair();
  const writes = vi.spyOn(stream, "write");
  writer.write(["1"], true);
  say("2");
  writer.write([Buffer.from("3")], false);
  expect(writes).toHaveBeenCalledTimes(1);
  writer.write(["4"], true);
  expect(writes).toHaveBeenCalledTimes(2);
  say("5");
  await vi.waitFor(() => expect(heard).toEqual(["1", "2", "3", "4", "5"]));
});

it("texts arrive as they were said, whoever reads when", async () => {
  const pairs = await Promise.all(Array.from({ length: 4 }, () => openPair()));
  const said = pairs.map(() => [] as string[]);
  const speak = async (turns: number, bytes: number) => {
    for (let turn = 0; turn < turns; turn += 1) {
      for (const [at, { say }] of pairs.entries()) {
        const text = `${at} ${turn} `.padEnd(bytes, String.fromCharCode(97 + (turn % 26)));
        said[at]?.push(text);
        say(text);
      }
      await new Promise(setImmediate);
    }
  };
  for (const { client } of pairs.slice(0, 2)) client.pause();
  // More than a network takes of who does not read.
  await speak(600, 16_000);
  expect(pairs.map(({ writer }) => writer.isDrained())).toEqual([false, false, true, true]);
  await speak(200, 300);
  const cleared = Promise.all(pairs.map(clear));
  for (const { client } of pairs.slice(0, 2)) client.resume();
  await cleared;
  for (const [at, { client, heard, served }] of pairs.entries()) {
    served.close();
    await once(client, "close");
    expect(heard).toEqual(said[at]);
  }
}, 20_000);

it("what is said to who has too much to read is dropped, and that is said", async () => {
  const pair = await openPair(256 * 1024);
  const { client, heard, say, stream, onTooMuch } = pair;
  client.pause();
  let said = 0;
  while (onTooMuch.mock.calls.length === 0) {
    said += 1;
    say(`${said}`.padEnd(50_000, "."));
    if (said % 3 === 0) await new Promise(setImmediate);
  }
  await new Promise(setImmediate);
  expect(stream.writableLength).toBeLessThan(256 * 1024 + 51_000);
  const cleared = clear(pair);
  client.resume();
  await cleared;
  await vi.waitFor(() => expect(heard).toHaveLength(said - 1));
});

it("texts that belong together are all said, however large the first is", async () => {
  const { heard, writer, onTooMuch } = await openPair(100);
  writer.enqueue([["a".repeat(1_000)], [Buffer.from("b")]]);
  await vi.waitFor(() => expect(heard).toEqual(["a".repeat(1_000), "b"]));
  expect(onTooMuch).not.toHaveBeenCalled();
});

it("what waits for a socket that is closing is dropped, and nothing waits for it", async () => {
  const pair = await openPair();
  const { client, heard, served, say } = pair;
  say("late");
  const cleared = clear(pair);
  served.close();
  await Promise.all([cleared, once(client, "close")]);
  say("later");
  await clear(pair);
  expect(heard).toEqual([]);
});
