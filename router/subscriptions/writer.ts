// Writes the frames of one client to its socket, those of one turn of the event loop together: text
// frames of a server, unmasked and not compressed. ws writes the control frames.
import type { Writable } from "node:stream";
import { WebSocket } from "ws";
import type { Network } from "./send-queue.ts";

export interface Writer extends Network {
  /** Sends a text behind all before it: now, or at the end of this turn. */
  write(text: Parts, isNow: boolean): void;
  /** Queues texts that belong together, behind all before them, for the end of this turn. */
  enqueue(texts: readonly Parts[]): void;
  /** The bytes that wait for the client. */
  bufferedBytes(): number;
  /** Writes the queue now. */
  flush(): void;
}

/** A text in parts: bytes, or ASCII strings. */
export type Parts = readonly (Buffer | string)[];

const FINAL_TEXT = 0x81;
const TWO_BYTES_FOLLOW = 126;
const EIGHT_BYTES_FOLLOW = 127;

/** One buffer for all chunks that the network takes at once, used one after the other. */
const SCRATCH_BYTES = 16 * 1024;
let scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES);
/** The part of it that was used last: most chunks of a turn have the same size. */
let view = scratch;

function scratchOf(bytes: number): Buffer {
  if (view.length !== bytes) view = scratch.subarray(0, bytes);
  return view;
}

/** Leaves the buffer to a chunk that the network reads later. */
function replaceScratch(): void {
  scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES);
  view = scratch;
}

/** Writers with a queue to flush at the end of this turn. */
let queued: Writer[] = [];

function flushAll(): void {
  const writers = queued;
  queued = [];
  for (const writer of writers) writer.flush();
}

interface WriterOptions {
  readonly bytesMax: number;
  onTooMuch(): void;
}

/**
 * A writer on the stream of an open WebSocket. While more than `bytesMax` bytes wait for the
 * client, further texts are dropped, and `onTooMuch` runs for each.
 */
export function createWriter(
  socket: Pick<WebSocket, "readyState">,
  stream: Writable,
  options: WriterOptions,
): Writer {
  return new SocketWriter(socket, stream, options);
}

/** Shared and never changed, so that an idle writer has no array of its own. */
const NONE: never[] = [];

// A class: one event visits a thousand of these, none of them in a CPU cache, and closures cost a
// tenth more CPU for each delivery.
class SocketWriter implements Writer {
  // Fields that every event reads come first.
  private queue: Parts[] = NONE;
  private queueBytes = 0;
  /** Bytes that the network had not taken after the last write: an upper bound for now. */
  private untakenBytes = 0;
  private drainCallbacks: (() => void)[] = NONE;
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
    if (!isNow || this.queue.length > 0) {
      this.enqueue([text]);
      if (isNow) this.flush();
    } else if (this.hasRoom()) this.transmit([text], framedBytes(text));
  }

  enqueue(texts: readonly Parts[]): void {
    if (!this.hasRoom()) return;
    for (const text of texts) this.queueBytes += framedBytes(text);
    if (this.queue.length > 0) return void this.queue.push(...texts);
    this.queue = [...texts];
    if (queued.push(this) === 1) setImmediate(flushAll);
  }

  flush(): void {
    if (this.queue.length === 0) return;
    const { queue, queueBytes } = this;
    this.queue = NONE;
    this.queueBytes = 0;
    this.transmit(queue, queueBytes);
  }

  /** False when too much waits for the client. */
  private hasRoom(): boolean {
    if (this.queueBytes + this.untakenBytes <= this.bytesMax) return true;
    this.untakenBytes = this.stream.writableLength;
    if (this.queueBytes + this.untakenBytes <= this.bytesMax) return true;
    this.onTooMuch();
    return false;
  }

  private transmit(texts: readonly Parts[], bytes: number): void {
    const { stream } = this;
    if (this.socket.readyState !== WebSocket.OPEN) return void setImmediate(() => this.drained());
    const isSmall = stream.writableLength === 0 && bytes <= SCRATCH_BYTES;
    const chunk = encode(texts, isSmall ? scratchOf(bytes) : Buffer.allocUnsafe(bytes));
    // A write fails only when the socket closes, which its close event reports.
    stream.write(chunk, this.drainCallbacks.length > 0 ? () => this.drained() : undefined);
    this.untakenBytes = stream.writableLength;
    if (isSmall && this.untakenBytes > 0) replaceScratch();
  }

  bufferedBytes(): number {
    return this.queueBytes + this.stream.writableLength;
  }

  isDrained(): boolean {
    return this.queue.length === 0 && this.stream.writableLength === 0;
  }

  whenDrained(then: () => void): void {
    this.drainCallbacks = [...this.drainCallbacks, then];
    if (this.drainCallbacks.length > 1 || this.queue.length > 0) return;
    // An empty write calls back when everything before it is taken.
    const drained = () => this.drained();
    if (this.stream.writable) this.stream.write("", drained);
    else setImmediate(drained);
  }

  private drained(): void {
    const callbacks = this.drainCallbacks;
    this.drainCallbacks = NONE;
    for (const then of callbacks) then();
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

/** Returns the offset of the text behind the head. */
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
