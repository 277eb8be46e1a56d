// The form of messages over a socket: the router's exact text, and what a client may add, omit or
// write differently. Invalid messages are in closings.ts and tests/security/sockets.test.ts.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Frame } from "../../kit/socket.ts";
import { type Library, startLibrary } from "../router/harness.ts";
import { added } from "../router/library.ts";
import {
  BINARY,
  connectWire,
  frameOf,
  openWire,
  PING,
  subscribe,
  type Wire,
} from "./raw-socket.ts";

let library: Library;
let wire: Wire;
beforeAll(async () => {
  library = await startLibrary();
  wire = await connectWire(library.url);
});
afterAll(async () => {
  wire.close();
  await library.stop();
});

const ANSWER = `{"id":"1","type":"next","payload":{"data":{"whoAmI":"anonymous"}}}`;
const COMPLETE = `{"id":"1","type":"complete"}`;
const ASKED = `{"id":"1","type":"subscribe","payload":{"query":"{ whoAmI }"}}`;

/** The exact texts of the next `count` messages. */
async function heard(count: number): Promise<string[]> {
  for (let left = count; left > 0; left -= 1) await wire.next();
  return wire.heard.slice(-count);
}

describe("the exact frames of the router:", () => {
  test.each([
    ["nothing beside it", `{"type":"connection_init"}`],
    ["null", `{"type":"connection_init","payload":null}`],
    ["an object", `{"type":"connection_init","payload":{}}`],
    ["unknown fields", `{"type":"connection_init","payload":{"apollo":{"x":[1]}},"id":7}`],
  ])("the answer to a greeting with %s", async (_what, greeting) => {
    const own = await openWire(library.url);
    own.say(greeting);
    await own.next();
    expect(own.heard).toEqual([`{"type":"connection_ack"}`]);
    own.close();
  });

  test.each([
    [`{"type":"ping"}`, `{"type":"pong"}`],
    [`{"type":"ping","payload":null}`, `{"type":"pong"}`],
    [`{"type":"ping","payload":{}}`, `{"type":"pong","payload":{}}`],
    [
      `{"type":"ping","payload":{"a":[1,{"é":null}]}}`,
      `{"type":"pong","payload":{"a":[1,{"é":null}]}}`,
    ],
    [`{"payload":{"a":1},"at":2,"type":"ping"}`, `{"type":"pong","payload":{"a":1}}`],
  ])("the answer to %s", async (ping, pong) => {
    wire.say(ping);
    expect(await heard(1)).toEqual([pong]);
  });

  test("nothing after an unrequested pong", async () => {
    wire.say(`{"type":"pong"}`, `{"type":"pong","payload":{"a":1}}`);
    expect(await wire.before()).toEqual([]);
  });

  test("a query: next, then complete", async () => {
    wire.say(ASKED);
    expect(await heard(2)).toEqual([ANSWER, COMPLETE]);
  });

  test("a mutation: next, then complete", async () => {
    wire.say(subscribe("1", `mutation { rename(input: { id: 1, name: "x" }) { name } }`));
    const renamed = `{"id":"1","type":"next","payload":{"data":{"rename":{"name":"Author 1"}}}}`;
    expect(await heard(2)).toEqual([renamed, COMPLETE]);
  });

  test("a subscription: its events, then complete", async () => {
    wire.say(subscribe("1", `subscription { shelf(name: "letters") { seq } }`));
    const shelf = library.shelf("letters");
    await shelf.listening(1);
    shelf.push(added(1));
    shelf.push(added(2));
    shelf.complete();
    const event = (seq: number) =>
      `{"id":"1","type":"next","payload":{"data":{"shelf":{"seq":${seq}}}}}`;
    expect(await heard(3)).toEqual([event(1), event(2), COMPLETE]);
  });
});

describe("errors", () => {
  /** An error in the format of the GraphQL specification. Ours have a code. */
  const formatted = (error: Readonly<Record<string, unknown>>) => {
    const known = ["message", "locations", "path", "extensions"];
    expect(Object.keys(error).filter((key) => !known.includes(key))).toEqual([]);
    expect(error).toMatchObject({
      message: expect.any(String),
      extensions: { code: expect.stringMatching(/^[A-Z_]+$/) },
    });
  };

  test("come beside partial data", async () => {
    wire.say(subscribe("1", "{ whoAmI refused }"));
    const { payload, ...rest } = await wire.next();
    expect(rest).toEqual({ id: "1", type: "next" });
    const { data, errors, ...none } = payload as Record<string, unknown>;
    expect([data, none]).toEqual([{ whoAmI: "anonymous", refused: null }, {}]);
    expect(errors).toHaveLength(1);
    for (const error of errors as Record<string, unknown>[]) formatted(error);
    expect(await wire.next()).toEqual({ id: "1", type: "complete" });
  });

  test.each([
    ["an invalid document", subscribe("1", "{")],
    ["two mistakes in one", subscribe("1", "{ nothing nobody }")],
    ["a value of another kind", subscribe("1", "query ($id: ID!) { book(id: $id) { id } }")],
    [
      "a stream that does not open",
      subscribe("1", `subscription { shelf(name: "closed") { seq } }`),
    ],
    ["no text at all", subscribe("1", "")],
  ])("are a list of one or more for %s", async (_what, message) => {
    wire.say(message);
    const { payload, ...rest } = await wire.next();
    expect(rest).toEqual({ id: "1", type: "error" });
    const errors = payload as Record<string, unknown>[];
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) formatted(error);
    expect(await wire.before()).toEqual([]);
  });
});

describe("the router accepts:", () => {
  const asked = (more: object) =>
    JSON.stringify({ id: "1", type: "subscribe", payload: { query: "{ whoAmI }", ...more } });

  test.each([
    [
      "unknown fields of a message",
      `{"id":"1","type":"subscribe","x":{},"payload":{"query":"{ whoAmI }","y":[]}}`,
    ],
    [
      "null for what may be missing",
      asked({ variables: null, operationName: null, extensions: null }),
    ],
    [
      "another order",
      `{"payload":{"variables":{},"query":"{ whoAmI }"},"type":"subscribe","id":"1"}`,
    ],
    [
      "white space",
      ` \n{ "id" : "1",\t"type":"subscribe" , "payload": { "query": "{ whoAmI }" } }\r\n`,
    ],
    [
      "escaped letters",
      `{"id":"\\u0031","\\u0074ype":"subscribe","payload":{"query":"{ who\\u0041mI }"}}`,
    ],
    ["variables for nothing", asked({ variables: { a: 1 } })],
    ["a name that is empty", asked({ operationName: "" })],
    ["a name", asked({ query: "query A { whoAmI }", operationName: "A" })],
    ["unknown extensions", asked({ extensions: { a: { b: 1 } } })],
  ])("%s", async (_what, message) => {
    wire.say(message);
    expect(await heard(2)).toEqual([ANSWER, COMPLETE]);
  });

  const half = Math.floor(ASKED.length / 2);
  const part = (text: string, opcode: number, isLast: boolean) => frameOf(text, { opcode, isLast });

  test.each([
    ["text as bytes", [frameOf(ASKED, { opcode: BINARY })]],
    ["text in two parts", [part(ASKED.slice(0, half), 1, false), part(ASKED.slice(half), 0, true)]],
    [
      "a part for each letter, and empty ones",
      [part("", 1, false), ...[...ASKED].map((each) => part(each, 0, false)), part("", 0, true)],
    ],
    [
      "a ping of WebSocket between two parts",
      [
        part(ASKED.slice(0, half), 1, false),
        frameOf("x", { opcode: PING }),
        part(ASKED.slice(half), 0, true),
      ],
    ],
  ])("%s", async (_what, frames) => {
    wire.write(...frames);
    expect(await heard(2)).toEqual([ANSWER, COMPLETE]);
  });

  test("a character of several bytes across two fragments", async () => {
    const bytes = Buffer.from(`{"type":"ping","payload":{"a":"🏊"}}`);
    const at = bytes.indexOf(0xf0) + 2;
    wire.write(
      frameOf(bytes.subarray(0, at), { isLast: false }),
      frameOf(bytes.subarray(at), { opcode: 0 }),
    );
    expect(await heard(1)).toEqual([`{"type":"pong","payload":{"a":"🏊"}}`]);
  });
});

describe("an id is returned unchanged:", () => {
  test.each([
    ["one letter", "x"],
    ["60,000 letters", "x".repeat(60_000)],
    ["a space", " "],
    ["line breaks and quotes", `"\n\\'`],
    ["no ASCII", "é🏊\u0000\u2028"],
    ["half a letter", "\ud83c"],
    ["text that looks like JSON", `{"id":"1"}`],
  ])("%s", async (_what, id) => {
    wire.say(subscribe(id, "{ whoAmI }"));
    const frames: Frame[] = [await wire.next(), await wire.next()];
    expect(frames.map((frame) => [frame.id === id, frame.type])).toEqual([
      [true, "next"],
      [true, "complete"],
    ]);
  });
});
