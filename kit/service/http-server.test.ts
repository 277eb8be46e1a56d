// Guarantees about the end of a server.
import { once } from "node:events";
import { Agent, get } from "node:http";
import { pino } from "pino";
import { expect, test } from "vitest";
import { createHttpServer } from "./http-server.ts";

test("a connection whose request was under way at the close does not delay it", async () => {
  const log = pino({ level: "silent" });
  const server = createHttpServer({ log, bodyBytesMax: 1_000 });
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  let finish = () => {};
  server.get("/slow", async () => {
    arrive();
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    return "done";
  });
  const url = await server.listen({ host: "127.0.0.1", port: 0 });
  const agent = new Agent({ keepAlive: true });
  const answered = once(get(`${url}/slow`, { agent }), "response");
  await arrived;
  const startedAt = performance.now();
  const closed = server.close();
  finish();
  const [response] = await answered;
  response.resume();
  await closed;
  // It would take 72 seconds.
  expect(performance.now() - startedAt).toBeLessThan(20_000);
  agent.destroy();
});
