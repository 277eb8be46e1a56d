// WebSocket bytes that no client library sends: invalid handshakes, and frames that violate the
// protocol after a valid one. It sends nothing.
import { randomBytes } from "node:crypto";
import fc, { type Arbitrary } from "fast-check";

const KEY = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";
const GOOD: readonly string[] = [
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  KEY,
  "Sec-WebSocket-Protocol: graphql-transport-ws",
];

export function handshake(
  head: readonly string[] = GOOD,
  line = "GET /graphql HTTP/1.1",
  host = "localhost",
): Buffer {
  return Buffer.from(`${[line, `Host: ${host}`, ...head].join("\r\n")}\r\n\r\n`, "latin1");
}

/** The valid handshake with a header removed or replaced. */
const without = (name: string, ...instead: string[]) =>
  handshake([...GOOD.filter((each) => !each.startsWith(name)), ...instead]);

export const ODD_HANDSHAKES: readonly (readonly [what: string, bytes: Buffer])[] = [
  ["no key", without("Sec-WebSocket-Key")],
  ["a short key", without("Sec-WebSocket-Key", "Sec-WebSocket-Key: AA==")],
  ["two keys", handshake([...GOOD, KEY])],
  ["no version", without("Sec-WebSocket-Version")],
  ["another version", without("Sec-WebSocket-Version", "Sec-WebSocket-Version: 99")],
  ["another upgrade", without("Upgrade", "Upgrade: h2c")],
  ["two upgrades", without("Upgrade", "Upgrade: websocket, h2c")],
  ["no subprotocol", without("Sec-WebSocket-Protocol")],
  ["an empty subprotocol", without("Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: ")],
  ["an odd subprotocol", without("Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: ,\u00ff(")],
  [
    "the older subprotocol",
    without("Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: graphql-ws"),
  ],
  ["a subprotocol twice", without("Sec-WebSocket-Protocol", "Sec-WebSocket-Protocol: a, a")],
  ["an odd extension", handshake([...GOOD, "Sec-WebSocket-Extensions: ;=\u00ff"])],
  ["compression", handshake([...GOOD, "Sec-WebSocket-Extensions: permessage-deflate; a=b"])],
  ["a POST", handshake(GOOD, "POST /graphql HTTP/1.1")],
  ["HTTP/1.0", handshake(GOOD, "GET /graphql HTTP/1.0")],
  ["another path", handshake(GOOD, "GET /nothing HTTP/1.1")],
  ["a whole URL", handshake(GOOD, "GET http://[/graphql HTTP/1.1")],
  ["an odd query", handshake(GOOD, "GET /graphql?%=% HTTP/1.1")],
  ["no host", handshake(GOOD, "GET /graphql HTTP/1.1", "")],
  ["a bad host", handshake(GOOD, "GET /graphql HTTP/1.1", "[")],
  ["an odd origin", handshake([...GOOD, "Origin: ["])],
  ["a body", Buffer.concat([handshake([...GOOD, "Content-Length: 5"]), Buffer.from("hello")])],
];

export interface FrameParts {
  /** FIN, the reserved bits and the opcode. */
  readonly first: number;
  readonly payload: Buffer;
  readonly isMasked?: boolean;
  /** Default: the length of the payload. */
  readonly declaredLength?: bigint;
}

function frame({ first, payload, isMasked = true, declaredLength }: FrameParts): Buffer {
  const mask = isMasked ? 0x80 : 0;
  const key = isMasked ? randomBytes(4) : Buffer.alloc(0);
  const declared = declaredLength ?? BigInt(payload.length);
  const head = Buffer.alloc(declared < 126n ? 2 : declared < 65_536n ? 4 : 10);
  head[0] = first;
  if (declared < 126n) head[1] = mask | Number(declared);
  else if (declared < 65_536n) {
    head[1] = mask | 126;
    head.writeUInt16BE(Number(declared), 2);
  } else {
    head[1] = mask | 127;
    head.writeBigUInt64BE(declared, 2);
  }
  const body = Buffer.from(payload.map((byte, at) => byte ^ (key[at % 4] ?? 0)));
  return Buffer.concat([head, key, isMasked ? body : payload]);
}

const TEXT = 0x81;
const INIT = Buffer.from('{"type":"connection_init"}');
const text = (payload: string | Buffer) => frame({ first: TEXT, payload: Buffer.from(payload) });
const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

export const ODD_FRAMES: readonly (readonly [what: string, bytes: Buffer])[] = [
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map(
    (opcode) => [`opcode ${opcode}`, frame({ first: 0x80 | opcode, payload: INIT })] as const,
  ),
  ...[0xc1, 0xa1, 0x91].map(
    (first) => [`reserved bits ${first.toString(2)}`, frame({ first, payload: INIT })] as const,
  ),
  ["no mask", frame({ first: TEXT, payload: INIT, isMasked: false })],
  ["a piece of a ping", frame({ first: 0x09, payload: INIT })],
  ["a piece of a close", frame({ first: 0x08, payload: Buffer.from([3, 232]) })],
  ["a ping of 126 bytes", frame({ first: 0x89, payload: Buffer.alloc(126) })],
  ["the end of nothing", frame({ first: 0x80, payload: INIT })],
  ["two beginnings", Buffer.concat([1, 1].map((first) => frame({ first, payload: INIT })))],
  ["text that is not UTF-8", text(Buffer.from([0xc3, 0x28, 0xff]))],
  ["half a letter", text(Buffer.from([0xf0, 0x9f]))],
  ["binary that is not UTF-8", frame({ first: 0x82, payload: Buffer.from([0xff]) })],
  ["a close of one byte", frame({ first: 0x88, payload: Buffer.from([3]) })],
  ["a close with a bad code", frame({ first: 0x88, payload: Buffer.from([3, 237]) })],
  ["a close that is not UTF-8", frame({ first: 0x88, payload: Buffer.from([3, 232, 0xff, 0xfe]) })],
  ["more than may be", text("a".repeat(2_000_000))],
  ["a length beyond all", frame({ first: TEXT, payload: INIT, declaredLength: 2n ** 63n })],
  ["a length of 2^63 - 1", frame({ first: TEXT, payload: INIT, declaredLength: 2n ** 63n - 1n })],
  ["a length beyond what comes", frame({ first: TEXT, payload: INIT, declaredLength: 60_000n })],
  ["half a head", Buffer.from([TEXT])],
  ["10,000 empty pieces", Buffer.concat(Array(10_000).fill(frame({ first: 1, payload: INIT })))],
  ["nothing", text("")],
  ["no JSON", text("{")],
  ["no object", text("null")],
  ["a number", text("1e999")],
  ["an unknown type", text('{"type":"nothing"}')],
  ["a message of servers", text('{"type":"connection_ack"}')],
  [
    "an operation before the greeting",
    text('{"id":"1","type":"subscribe","payload":{"query":""}}'),
  ],
  ["two greetings", Buffer.concat([text(INIT), text(INIT)])],
  ["a greeting that is odd", text('{"type":"connection_init","payload":[]}')],
  [
    "a greeting of 20,000 levels",
    text(`{"type":"connection_init","payload":{"a":${deep(20_000)}}}`),
  ],
  ["a ping of 20,000 levels", text(`{"type":"ping","payload":{"a":${deep(20_000)}}}`)],
  ["20,000 levels", text(deep(20_000))],
  ["a prototype", text('{"__proto__":{"type":"ping"},"type":"ping"}')],
];

/** Random bytes after a valid handshake, or a valid frame with changed bytes. */
export const changedFrames: Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .tuple(fc.constantFrom(...ODD_FRAMES.map(([, bytes]) => bytes)), fc.nat(), fc.nat({ max: 255 }))
    .map(([bytes, at, byte]) => {
      const changed = Buffer.from(bytes);
      changed[at % Math.min(changed.length, 20)] = byte;
      return changed;
    }),
);
