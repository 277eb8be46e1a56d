// What one client is told, gathered over a turn and written to its socket at once, as the frames of
// text that a server sends: unmasked and not compressed. Control frames are ws' own concern.
import type { Writable } from "node:stream";

export interface Writer {
  /** Bytes that wait for the end of the turn. */
  readonly waitingBytes: number;
  /** Sends the parts as one text, behind all before it; `onTaken` runs when the network took it. */
  write(parts: readonly Buffer[], onTaken: () => void): void;
  /** Writes now what waits. */
  flush(): void;
}

interface Frame {
  readonly parts: readonly Buffer[];
  readonly bytes: number;
  readonly onTaken: () => void;
}

const FINAL_TEXT = 0x81;
const TWO_BYTES_FOLLOW = 126;
const EIGHT_BYTES_FOLLOW = 127;

let due: Writer[] = [];

function flushAll(): void {
  const writers = due;
  due = [];
  for (const writer of writers) writer.flush();
}

/** A writer on the stream of a WebSocket; what it has while `isOpen` is false is dropped. */
export function createWriter(stream: Writable, isOpen: () => boolean): Writer {
  let frames: Frame[] = [];
  let waitingBytes = 0;
  const writer: Writer = {
    get waitingBytes() {
      return waitingBytes;
    },
    write(parts, onTaken) {
      const bytes = lengthOf(parts);
      if (frames.push({ parts, bytes, onTaken }) === 1 && due.push(writer) === 1) {
        setImmediate(flushAll);
      }
      waitingBytes += headBytes(bytes) + bytes;
    },
    flush() {
      if (frames.length === 0) return;
      const taken = frames;
      const all = waitingBytes;
      frames = [];
      waitingBytes = 0;
      // What fails here fails because the socket closes, and that is told by its close event.
      const onTaken = () => {
        for (const frame of taken) frame.onTaken();
      };
      if (isOpen()) stream.write(encode(taken, all), onTaken);
      else onTaken();
    },
  };
  return writer;
}

function lengthOf(parts: readonly Buffer[]): number {
  let length = 0;
  for (const part of parts) length += part.length;
  return length;
}

function headBytes(bytes: number): number {
  if (bytes < TWO_BYTES_FOLLOW) return 2;
  return bytes <= 0xffff ? 4 : 10;
}

/** https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
function encode(frames: readonly Frame[], bytes: number): Buffer {
  const chunk = Buffer.allocUnsafe(bytes);
  let at = 0;
  for (const frame of frames) {
    const head = headBytes(frame.bytes);
    chunk[at] = FINAL_TEXT;
    if (head === 2) chunk[at + 1] = frame.bytes;
    else if (head === 4) {
      chunk[at + 1] = TWO_BYTES_FOLLOW;
      chunk.writeUInt16BE(frame.bytes, at + 2);
    } else {
      chunk[at + 1] = EIGHT_BYTES_FOLLOW;
      chunk.writeBigUInt64BE(BigInt(frame.bytes), at + 2);
    }
    at += head;
    for (const part of frame.parts) {
      chunk.set(part, at);
      at += part.length;
    }
  }
  return chunk;
}
