// A subscription whose database fails, at any step, ends with a code to try again, and without a
// broken event.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSchema } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLog } from "../../../kit/service/logger.ts";
import { serveSubscriptions } from "../../../kit/service/sockets.ts";
import { ANONYMOUS } from "../../../kit/trust/identity.ts";
import { codeOf, openSocket, type Socket } from "../../kit/socket.ts";

type Met = "opening" | "reading" | "completing" | "never";

const schema = buildSchema(`
  type Query { a: Int }
  type Subscription { ticked(met: String!, isBug: Boolean!): Tick! }
  type Tick { seq: Int! what: String }`);

const server = createServer();
const open = new Set<object>();
let sockets: { stop(): Promise<void> };
let url = "";

const failure = (isBug: boolean) =>
  isBug
    ? new Error("a bug")
    : Object.assign(new Error("connection refused"), { code: "ECONNREFUSED" });

/** Ticks once, then fails, ticks once more and is silent. */
function ticks({ met, isBug }: { met: Met; isBug: boolean }): AsyncIterableIterator<object> {
  let seq = 0;
  if (met === "opening") throw failure(isBug);
  const iterator: AsyncIterableIterator<object> = {
    async next() {
      if (seq === 3) return new Promise(() => {});
      seq += 1;
      const isNow = seq === 2;
      if (isNow && met === "reading") throw failure(isBug);
      const what = () => {
        if (isNow && met === "completing") throw failure(isBug);
        return `tick ${seq}`;
      };
      return { done: false, value: { ticked: { seq, what } } };
    },
    async return() {
      open.delete(iterator);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  open.add(iterator);
  return iterator;
}

beforeAll(async () => {
  const field = schema.getSubscriptionType()?.getFields().ticked;
  if (field) field.subscribe = (_root, args) => ticks(args as Parameters<typeof ticks>[0]);
  const log = createLog({ name: "outages-test", level: "silent" });
  sockets = serveSubscriptions({
    name: "tested",
    server,
    schema,
    log,
    verify: async () => ANONYMOUS,
    createContext: (request) => request,
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
});

afterAll(async () => {
  await sockets.stop();
  server.close();
});

async function watch(met: Met, isBug = false): Promise<{ socket: Socket; id: string }> {
  const socket = await openSocket({ url });
  socket.send({ type: "connection_init" });
  await socket.next();
  const id = socket.subscribe(
    "subscription($met: String!, $isBug: Boolean!) { ticked(met: $met, isBug: $isBug) { seq what } }",
    { met, isBug },
  );
  return { socket, id };
}

test.each<[string, Met, number]>([
  ["while a stream opens", "opening", 0],
  ["while its log is read", "reading", 1],
  ["while an event is completed", "completing", 1],
])(
  "an outage %s ends it with SUBGRAPH_UNAVAILABLE after the last complete event",
  async (_when, met, count) => {
    const { socket, id } = await watch(met);
    for (let seq = 1; seq <= count; seq += 1) {
      expect(await socket.event(id)).toEqual({ ticked: { seq, what: `tick ${seq}` } });
    }
    const frame = await socket.next(id);
    expect([frame.type, codeOf(frame)]).toEqual(["error", "SUBGRAPH_UNAVAILABLE"]);
    expect(open.size).toBe(0);
    socket.close();
  },
);

test("a bug makes only its own field null, and the stream goes on", async () => {
  const { socket, id } = await watch("completing", true);
  expect(await socket.event(id)).toMatchObject({ ticked: { seq: 1 } });
  expect((await socket.next(id)).payload).toMatchObject({
    data: { ticked: { seq: 2, what: null } },
    errors: [{ extensions: { code: "INTERNAL_SERVER_ERROR" } }],
  });
  expect(await socket.event(id)).toMatchObject({ ticked: { seq: 3 } });
  socket.close();
});
