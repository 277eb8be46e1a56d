import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { expect, it, onTestFinished, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { createWriter } from "./writer.ts";

/** Both ends of a WebSocket, and the stream under the server's. */
async function openPair() {
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
  const { served, stream } = await upgraded;
  return { client, heard, served, stream };
}

it("texts of every length arrive whole and in order, those of one turn in one write", async () => {
  const { client, heard, served, stream } = await openPair();
  const writes = vi.spyOn(stream, "write");
  const writer = createWriter(stream, () => served.readyState === served.OPEN);
  const texts = [0, 1, 125, 126, 127, 65_535, 65_536, 100_000].map((length) => "é".repeat(length));
  const halves = texts.map((text) => [text.slice(0, 50), text.slice(50)]);
  const taken = halves.map(
    (parts) =>
      new Promise<void>((resolve) =>
        writer.write(
          parts.map((part) => Buffer.from(part)),
          resolve,
        ),
      ),
  );
  await Promise.all(taken);
  expect(writes).toHaveBeenCalledTimes(1);
  expect(writer.waitingBytes).toBe(0);
  writer.write([Buffer.from("the last")], () => {});
  writer.flush();
  served.close();
  await once(client, "close");
  expect(heard).toEqual([...texts, "the last"]);
});

it("what waits for a socket that is closing is dropped, and counts as taken", async () => {
  const { client, heard, served, stream } = await openPair();
  const writer = createWriter(stream, () => served.readyState === served.OPEN);
  const taken = new Promise<void>((resolve) => writer.write([Buffer.from("late")], resolve));
  served.close();
  await Promise.all([taken, once(client, "close")]);
  expect(heard).toEqual([]);
});
