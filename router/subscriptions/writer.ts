// What one client is told, gathered over a turn and written to its socket at once, as the frames of
// text that a server sends: unmasked and not compressed. Control frames are ws' own concern.
import type { Writable } from "node:stream";
import { WebSocket } from "ws";
import type { Network } from "./outlet.ts";

export interface Writer extends Network {
  /** Sends texts that belong together, each in its parts, behind all before them. */
  write(...texts: Parts[]): void;
  /** Writes now what waits for the end of the turn. */
  flush(): void;
}

type Parts = readonly Buffer[];

const FINAL_TEXT = 0x81;
const TWO_BYTES_FOLLOW = 126;
const EIGHT_BYTES_FOLLOW = 127;

/** Of the space in which chunks are made that leave at once, one after the other. */
const SPACE_BYTES = 16 * 1024;
let space = Buffer.allocUnsafeSlow(SPACE_BYTES);
/** The latest part of it that was used: most chunks of a turn have one size. */
let view = space;

function spaceOf(bytes: number): Buffer {
  if (view.length !== bytes) view = space.subarray(0, bytes);
  return view;
}

/** For a chunk that did not leave at once, and is read later. */
function leaveSpace(): void {
  space = Buffer.allocUnsafeSlow(SPACE_BYTES);
  view = space;
}

let due: (() => void)[] = [];

function flushAll(): void {
  const flushes = due;
  due = [];
  for (const flush of flushes) flush();
}

/**
 * A writer on the stream of a WebSocket, for as long as that is open. Where more than `bytesMax`
 * wait to be read no more may join: it is dropped, and `onTooMuch` runs.
 */
export function createWriter(
  socket: Pick<WebSocket, "readyState">,
  stream: Writable,
  { bytesMax, onTooMuch }: { readonly bytesMax: number; onTooMuch(): void },
): Writer {
  let gathered: Parts[] = [];
  let gatheredBytes = 0;
  /** What the network left of what was written last: now it is that, or less. */
  let leftBytes = 0;
  let waiting: (() => void)[] = [];

  function tellClear(): void {
    const told = waiting;
    waiting = [];
    for (const then of told) then();
  }

  function flush(): void {
    if (gathered.length === 0) return;
    const [texts, bytes] = [gathered, gatheredBytes];
    gathered = [];
    gatheredBytes = 0;
    if (socket.readyState !== WebSocket.OPEN) return void setImmediate(tellClear);
    const isSpaceFree = stream.writableLength === 0 && bytes <= SPACE_BYTES;
    const chunk = encode(texts, isSpaceFree ? spaceOf(bytes) : Buffer.allocUnsafe(bytes));
    // What fails here fails because the socket closes, and that is told by its close event.
    stream.write(chunk, waiting.length > 0 ? tellClear : undefined);
    leftBytes = stream.writableLength;
    if (isSpaceFree && leftBytes > 0) leaveSpace();
  }

  return {
    write(...texts) {
      if (gatheredBytes + leftBytes > bytesMax) {
        leftBytes = stream.writableLength;
        if (gatheredBytes + leftBytes > bytesMax) return onTooMuch();
      }
      for (const text of texts) gatheredBytes += framedBytes(text);
      if (gathered.length > 0) return void gathered.push(...texts);
      gathered = texts;
      if (due.push(flush) === 1) setImmediate(flushAll);
    },
    isClear: () => gathered.length === 0 && stream.writableLength === 0,
    whenClear(then) {
      if (waiting.push(then) > 1 || gathered.length > 0) return;
      // Nothing, behind what is on its way.
      if (stream.writable) stream.write("", tellClear);
      else setImmediate(tellClear);
    },
    flush,
  };
}

/** https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
function encode(texts: readonly Parts[], chunk: Buffer): Buffer {
  let at = 0;
  for (const parts of texts) {
    at = writeHead(chunk, at, lengthOf(parts));
    for (const part of parts) {
      chunk.set(part, at);
      at += part.length;
    }
  }
  return chunk;
}

function lengthOf(parts: Parts): number {
  let length = 0;
  for (const part of parts) length += part.length;
  return length;
}

function framedBytes(parts: Parts): number {
  const length = lengthOf(parts);
  if (length < TWO_BYTES_FOLLOW) return 2 + length;
  return (length <= 0xffff ? 4 : 10) + length;
}

/** Returns where the text begins. */
function writeHead(chunk: Buffer, at: number, length: number): number {
  chunk[at] = FINAL_TEXT;
  if (length < TWO_BYTES_FOLLOW) return chunk.writeUInt8(length, at + 1);
  if (length <= 0xffff) {
    chunk[at + 1] = TWO_BYTES_FOLLOW;
    return chunk.writeUInt16BE(length, at + 2);
  }
  chunk[at + 1] = EIGHT_BYTES_FOLLOW;
  return chunk.writeBigUInt64BE(BigInt(length), at + 2);
}
