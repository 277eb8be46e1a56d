// A minimal WebSocket client, so that one process can be many clients and the measured server stays
// the bottleneck. It reads whole text frames and answers pings, and knows no higher protocol.
import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

export interface Wire {
  send(text: string): void;
  /** Cuts the connection without a close frame. */
  cut(): void;
}

export interface WireOptions {
  readonly url: string;
  readonly protocol?: string;
  /** Gets the text of a frame. The buffer is reused when this returns. */
  onText(text: Buffer): void;
  /** Called when the connection has ended, cut or not. */
  onGone(): void;
}

const OPCODE = { text: 1, close: 8, ping: 9, pong: 10 } as const;
const FINAL = 0x80;
const MASKED = 0x80;
/** A mask of zeros, which the protocol allows. */
const MASK = Buffer.alloc(4);
const END_OF_HEAD = "\r\n\r\n";
const READ_BYTES = 256 * 1024;

/** The read buffer of all sockets. They read one after the other. */
const read = Buffer.alloc(READ_BYTES);

/** Resolves when the server has accepted the upgrade. */
export function openWire(options: WireOptions): Promise<Wire> {
  const { hostname, port, pathname } = new URL(options.url);
  return new Promise((resolve, reject) => {
    let rest: Buffer | null = null;
    let isOpen = false;
    const wire: Wire = {
      send: (text) => void socket.write(frameOf(OPCODE.text, Buffer.from(text))),
      cut: () => socket.destroy(),
    };
    const hear = (data: Buffer): Buffer => {
      if (isOpen) return takeFrames(data, socket, options.onText);
      const head = data.indexOf(END_OF_HEAD);
      if (head < 0) return data;
      if (data.indexOf("HTTP/1.1 101 ") !== 0) socket.destroy(new Error(data.toString()));
      isOpen = true;
      resolve(wire);
      return takeFrames(data.subarray(head + END_OF_HEAD.length), socket, options.onText);
    };
    const socket: Socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer: read,
        callback(bytes) {
          const data = read.subarray(0, bytes);
          const left = hear(rest ? Buffer.concat([rest, data]) : data);
          rest = left.length > 0 ? Buffer.from(left) : null;
          return true;
        },
      },
    });
    socket.on("error", reject);
    socket.on("close", () => {
      reject(new Error("the server closed"));
      options.onGone();
    });
    socket.write(upgradeOf(pathname, options));
  });
}

function upgradeOf(path: string, { url, protocol }: WireOptions): string {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}`,
    ...(protocol ? [`Sec-WebSocket-Protocol: ${protocol}`] : []),
  ];
  return lines.join("\r\n") + END_OF_HEAD;
}

/** Returns the rest: the beginning of a frame. */
function takeFrames(data: Buffer, socket: Socket, onText: WireOptions["onText"]): Buffer {
  let at = 0;
  for (;;) {
    const frame = frameAt(data, at);
    if (!frame) return data.subarray(at);
    at = frame.end;
    const payload = data.subarray(frame.start, frame.end);
    if (frame.opcode === OPCODE.text) onText(payload);
    else if (frame.opcode === OPCODE.ping) socket.write(frameOf(OPCODE.pong, payload));
    else if (frame.opcode === OPCODE.close) socket.end();
  }
}

/** Null if the frame is incomplete. */
function frameAt(data: Buffer, at: number) {
  const there = data.length - at;
  if (there < 2) return null;
  const [first = 0, short = 0] = [data[at], data[at + 1]];
  const head = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (there < head) return null;
  const length =
    short === 127
      ? Number(data.readBigUInt64BE(at + 2))
      : short === 126
        ? data.readUInt16BE(at + 2)
        : short;
  const end = at + head + length;
  return end <= data.length ? { opcode: first & 15, start: at + head, end } : null;
}

function frameOf(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  if (length > 0xffff) throw new Error("a frame of this bench is at most 64 KiB");
  const head =
    length < 126
      ? [FINAL | opcode, MASKED | length]
      : [FINAL | opcode, MASKED | 126, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), MASK, payload]);
}
