// Everything that closes a socket: what a client does, and the code and reason that it then reads.
// The table is for the suite that runs it and for the guide for clients.
import { CLOSINGS } from "../../../router/subscriptions/closings.ts";
import type { Closed, Frame } from "../../kit/socket.ts";
import type { Library } from "../router/harness.ts";
import { added } from "../router/library.ts";
import {
  BINARY,
  CLOSE,
  connectWire,
  frameOf,
  GREETING,
  openWire,
  PING,
  PONG,
  subscribe,
  type Wire,
} from "./raw-socket.ts";

/** Routers: default, with low rates, with short timeouts, without keys, and one that is stopped. */
export type Router = "usual" | "strict" | "impatient" | "keyless" | "doomed";

type Provoke = (library: Library) => Promise<Wire>;

export interface Case {
  readonly does: string;
  readonly closed: Closed;
  readonly at: Router;
  /** Returns the socket that the router then closes. */
  readonly provoke: Provoke;
}

/** The causes of one close, by the action of the client. */
function closes(
  closed: Closed,
  ways: Readonly<Record<string, Provoke>>,
  at: Router = "usual",
): Case[] {
  return Object.entries(ways).map(([does, provoke]) => ({ does, closed, at, provoke }));
}

/** A close by ws, which has no reason. */
const broken = (code: number): Closed => ({ code, reason: "" });

/** Sends bytes after connection_ack. */
const bytes =
  (...frames: readonly Buffer[]): Provoke =>
  async ({ url }) => {
    const wire = await connectWire(url);
    wire.write(...frames);
    return wire;
  };

const frame = (...made: Parameters<typeof frameOf>) => bytes(frameOf(...made));

/** Sends messages after connection_ack. */
const said =
  (...messages: readonly (Frame | string)[]): Provoke =>
  async ({ url }) => {
    const wire = await connectWire(url);
    wire.say(...messages);
    return wire;
  };

/** Sends messages without connection_init. */
const unasked =
  (...messages: readonly (Frame | string)[]): Provoke =>
  async ({ url }) => {
    const wire = await openWire(url);
    wire.say(...messages);
    return wire;
  };

const leaves =
  (code: number, reason: string): Provoke =>
  async ({ url }) => {
    const wire = await connectWire(url);
    wire.close(code, reason);
    return wire;
  };

const greeting = (payload: unknown) => JSON.stringify({ ...GREETING, payload });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const many = (opcode: number) => bytes(...Array<Buffer>(30).fill(frameOf("", { opcode })));
const emptyPart = frameOf("", { opcode: 0, isLast: false });
const open = { isLast: false };
const halfPing = { opcode: PING, isLast: false };
const notUtf8 = [0xc3, 0x28];
const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
const WATCH = subscribe("1", `subscription { shelf(name: "closings") { seq } }`);
const longId = { ...WATCH, id: "é".repeat(60) };
const NOTES = `subscription { shelf(name: "heavy") { seq ... on BookAdded { note } } }`;

/** Twenty streams whose client stops reading, and reads on after it is cut. */
async function readLate({ url, shelf }: Library): Promise<Wire> {
  const wire = await connectWire(url);
  wire.say(...Array.from({ length: 20 }, (_, at) => subscribe(`${at}`, NOTES)));
  await shelf("heavy").listening(20);
  const readOn = wire.pause();
  for (let seq = 1; shelf("heavy").listeners === 20; seq += 1) {
    shelf("heavy").push(added(seq, "a", "x".repeat(60_000)));
    await new Promise(setImmediate);
  }
  await shelf("heavy").listening(0);
  readOn();
  return wire;
}

async function staysWhileStopped(library: Library): Promise<Wire> {
  const wire = await connectWire(library.url);
  void library.stop();
  return wire;
}

const OF_WEBSOCKET: readonly Case[] = [
  ...closes({ code: 1000, reason: "done" }, { "closes itself": leaves(1000, "done") }),
  ...closes(broken(4999), { "closes with a code of its own": leaves(4999, "") }),
  ...closes(broken(1005), { "closes without a code": frame("", { opcode: CLOSE }) }),
  ...closes(broken(1002), {
    "sends a frame that is not masked": frame("x", { isMasked: false }),
    "sends a frame of an unknown kind": frame("x", { opcode: 3 }),
    "sends compressed frames without an agreement": frame("x", { reserved: 4 }),
    "continues a message that never began": frame("x", { opcode: 0 }),
    "begins a message within a message": bytes(frameOf("x", open), frameOf("x")),
    "sends a ping in parts": frame("x", halfPing),
    "sends a ping of 126 bytes": frame("x".repeat(126), { opcode: PING }),
    "closes with half a code": frame("x", { opcode: CLOSE }),
    "closes with an invalid code": frame(Buffer.from([0x03, 0xed]), { opcode: CLOSE }),
  }),
  ...closes(broken(1007), {
    "sends text that is not UTF-8": frame(Buffer.from(notUtf8)),
    "gives a reason that is not UTF-8": frame(Buffer.from([0x03, 0xe8, ...notUtf8]), {
      opcode: CLOSE,
    }),
  }),
  ...closes(broken(1008), {
    "sends 20,000 parts": bytes(frameOf("", open), ...Array<Buffer>(20_000).fill(emptyPart)),
  }),
  ...closes(broken(1009), {
    "sends more than 64 KiB": frame("x".repeat(65_537)),
    "sends more than 64 KiB in parts": bytes(
      frameOf("x".repeat(40_000), open),
      frameOf("x".repeat(40_000), { opcode: 0 }),
    ),
  }),
];

const OF_THE_ROUTER: readonly Case[] = [
  ...closes(CLOSINGS.goingAway, { "is there when it stops": staysWhileStopped }, "doomed"),
  ...closes(
    CLOSINGS.tooManyFrames,
    {
      "sends more messages than allowed": said(...Array<string>(30).fill(`{"type":"pong"}`)),
      "sends more pings than allowed": many(PING),
      "sends more pongs than allowed": many(PONG),
    },
    "strict",
  ),
  ...closes(CLOSINGS.tooSlow, { "reads too slowly, and then on": readLate }),
  ...closes(
    CLOSINGS.tryAgainLater,
    {
      "sends a token while its keys cannot be fetched": async (library) =>
        unasked({ ...GREETING, payload: bearer(await library.token("ada")) })(library),
    },
    "keyless",
  ),
  // The connection ends without a close frame.
  ...closes(
    broken(1006),
    { "answers no ping": ({ url }) => openWire(url, { autoPong: false }) },
    "impatient",
  ),
];

const OF_THE_PROTOCOL: readonly Case[] = [
  ...closes(CLOSINGS.invalidMessage, {
    "sends text that is not JSON": said("hello"),
    "sends such text before connection_init": unasked("hello"),
    "sends a message of servers": said({ type: "connection_ack" }),
    "sends connection_init with a list": unasked(greeting([])),
    "sends connection_init with a string": unasked(greeting("x")),
    "subscribes with an empty id": said(subscribe("", "{ whoAmI }")),
    "sends a ping too deep to be answered": said(`{"type":"ping","payload":{"a":${deep}}}`),
    "sends bytes that are not text": frame(Buffer.from(notUtf8), { opcode: BINARY }),
  }),
  ...closes(CLOSINGS.badSubscriberId, {
    "sends an empty subscriberId": unasked(greeting({ subscriberId: "" })),
    "sends a subscriberId with a space": unasked(greeting({ subscriberId: "a b" })),
    "sends a long subscriberId": unasked(greeting({ subscriberId: "x".repeat(65) })),
    "sends a number as subscriberId": unasked(greeting({ subscriberId: 7 })),
  }),
  ...closes(CLOSINGS.unauthorized, {
    "subscribes before connection_init": unasked(WATCH),
    "subscribes before connection_ack": unasked(GREETING, WATCH),
  }),
  ...closes(CLOSINGS.forbidden, {
    "sends an invalid token": unasked(greeting(bearer("x"))),
    "sends an empty token": unasked(greeting({ Authorization: "" })),
    "stays after its token has expired": async ({ url, token }) =>
      connectWire(url, bearer(await token("ada", { lifeMs: 1_500 }))),
  }),
  ...closes(CLOSINGS.otherProtocol, {
    "offers no subprotocol": ({ url }) => openWire(url, { protocols: [] }),
  }),
  ...closes(
    CLOSINGS.initTimeout,
    { "does not greet": unasked(), "says something else": unasked({ type: "ping" }) },
    "strict",
  ),
  ...closes(
    { code: 4409, reason: "Subscriber for 1 already exists" },
    { "uses an id twice": said(WATCH, WATCH) },
  ),
  ...closes(CLOSINGS.idInUse, { "does so with a long one": said(longId, longId) }),
  ...closes(CLOSINGS.tooManyInits, {
    "greets twice": said(GREETING),
    "greets twice at once": unasked(GREETING, GREETING),
  }),
];

export const CASES: readonly Case[] = [...OF_WEBSOCKET, ...OF_THE_ROUTER, ...OF_THE_PROTOCOL];
