// What one client is told, gathered over a turn and written to its socket at once, as the frames of
// text that a server sends: unmasked and not compressed. Control frames are ws' own concern.
import type { Writable } from "node:stream";
import { WebSocket } from "ws";
import type { Network } from "./send-queue.ts";

export interface Writer extends Network {
  /** Sends a text behind all before it: now, or at the end of this turn. */
  write(text: Parts, isNow: boolean): void;
  /** Sends texts that belong together behind all before them, at the end of this turn. */
  gather(texts: readonly Parts[]): void;
  /** Writes now what waits for the end of the turn. */
  flush(): void;
}

/** A text in parts: bytes, or characters of ASCII. */
export type Parts = readonly (Buffer | string)[];

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

/** Who gathers in this turn. */
let due: Writer[] = [];

function flushAll(): void {
  const flushed = due;
  due = [];
  for (const writer of flushed) writer.flush();
}

interface WriterOptions {
  readonly bytesMax: number;
  onTooMuch(): void;
}

/**
 * A writer on the stream of a WebSocket, for as long as that is open. Where more than `bytesMax`
 * wait to be read no more may join: it is dropped, and `onTooMuch` runs.
 */
export function createWriter(
  socket: Pick<WebSocket, "readyState">,
  stream: Writable,
  options: WriterOptions,
): Writer {
  return new SocketWriter(socket, stream, options);
}

/** What nothing is added to, so that an idle writer has no array of its own. */
const NONE: never[] = [];

// A class, because a thousand of these are gone to for one event, and none is in a cache by then:
// closures in their place cost a tenth more CPU a delivery.
class SocketWriter implements Writer {
  // What every event looks at comes first.
  private gathered: Parts[] = NONE;
  private gatheredBytes = 0;
  /** What the network left of what was written last: now it is that, or less. */
  private leftBytes = 0;
  private waiting: (() => void)[] = NONE;
  private readonly bytesMax: number;
  private readonly socket: Pick<WebSocket, "readyState">;
  private readonly stream: Writable;
  private readonly onTooMuch: () => void;

  constructor(
    socket: Pick<WebSocket, "readyState">,
    stream: Writable,
    { bytesMax, onTooMuch }: WriterOptions,
  ) {
    this.socket = socket;
    this.stream = stream;
    this.bytesMax = bytesMax;
    this.onTooMuch = onTooMuch;
  }

  write(text: Parts, isNow: boolean): void {
    if (!isNow || this.gathered.length > 0) {
      this.gather([text]);
      if (isNow) this.flush();
    } else if (this.hasRoom()) this.transmit([text], framedBytes(text));
  }

  gather(texts: readonly Parts[]): void {
    if (!this.hasRoom()) return;
    for (const text of texts) this.gatheredBytes += framedBytes(text);
    if (this.gathered.length > 0) return void this.gathered.push(...texts);
    this.gathered = [...texts];
    if (due.push(this) === 1) setImmediate(flushAll);
  }

  flush(): void {
    if (this.gathered.length === 0) return;
    const { gathered, gatheredBytes } = this;
    this.gathered = NONE;
    this.gatheredBytes = 0;
    this.transmit(gathered, gatheredBytes);
  }

  /** Who has too much to read is told nothing more. */
  private hasRoom(): boolean {
    if (this.gatheredBytes + this.leftBytes <= this.bytesMax) return true;
    this.leftBytes = this.stream.writableLength;
    if (this.gatheredBytes + this.leftBytes <= this.bytesMax) return true;
    this.onTooMuch();
    return false;
  }

  private transmit(texts: readonly Parts[], bytes: number): void {
    const { stream } = this;
    if (this.socket.readyState !== WebSocket.OPEN) return void setImmediate(() => this.tellClear());
    const isSpaceFree = stream.writableLength === 0 && bytes <= SPACE_BYTES;
    const chunk = encode(texts, isSpaceFree ? spaceOf(bytes) : Buffer.allocUnsafe(bytes));
    // What fails here fails because the socket closes, and that is told by its close event.
    stream.write(chunk, this.waiting.length > 0 ? () => this.tellClear() : undefined);
    this.leftBytes = stream.writableLength;
    if (isSpaceFree && this.leftBytes > 0) leaveSpace();
  }

  isDrained(): boolean {
    return this.gathered.length === 0 && this.stream.writableLength === 0;
  }

  whenDrained(then: () => void): void {
    this.waiting = [...this.waiting, then];
    if (this.waiting.length > 1 || this.gathered.length > 0) return;
    // Nothing, behind what is on its way.
    const tell = () => this.tellClear();
    if (this.stream.writable) this.stream.write("", tell);
    else setImmediate(tell);
  }

  private tellClear(): void {
    const told = this.waiting;
    this.waiting = NONE;
    for (const then of told) then();
  }
}

/** https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
function encode(texts: readonly Parts[], chunk: Buffer): Buffer {
  let at = 0;
  for (const parts of texts) {
    at = writeHead(chunk, at, lengthOf(parts));
    for (const part of parts) {
      if (typeof part === "string") chunk.write(part, at, "latin1");
      else chunk.set(part, at);
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
