// A router that disconnects before it gets its answers causes no output of a subgraph except its
// log.
import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { buildSchema } from "graphql";
import { expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { createLog } from "../../../kit/service/logger.ts";
import { serveSubscriptions } from "../../../kit/service/sockets.ts";
import { ANONYMOUS } from "../../../kit/trust/identity.ts";

test("an answer to a closed socket prints nothing to the console", async () => {
  const printed = vi.spyOn(console, "error").mockReturnValue();
  const server = createServer();
  const sockets = serveSubscriptions({
    name: "tested",
    server,
    schema: buildSchema("type Query { a: Int } type Subscription { tick: Int }"),
    log: createLog({ name: "vanishing-test", level: "silent" }),
    verify: async () => ANONYMOUS,
    createContext: (request) => request,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const line = connect(port, "127.0.0.1");
  const [[served]] = await Promise.all([once(server, "connection"), once(line, "connect")]);
  const client = new WebSocket("ws://127.0.0.1/graphql", "graphql-transport-ws", {
    createConnection: () => line,
  });
  client.on("error", () => {});
  await once(client, "open");
  client.send(JSON.stringify({ type: "connection_init" }));
  await once(client, "message");
  const closed = new Promise((resolve) => served.once("close", resolve));
  // The first answer meets a reset connection, the others a closed socket.
  for (let count = 0; count < 100; count += 1) client.send(JSON.stringify({ type: "ping" }));
  line.destroy();
  await closed;
  await new Promise((resolve) => setImmediate(resolve));
  expect(printed).not.toHaveBeenCalled();
  await sockets.stop();
  server.close();
});
