// Reads the tracks of a WebM file and the time of its last block, by the headers of its elements
// (RFC 8794, RFC 9559). Browsers record WebM as it comes, without its duration and the sizes of its
// parts, which readers of metadata do not take.
import type { FileHandle } from "node:fs/promises";

const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const TIMESTAMP_SCALE = 0x2ad7b1;
const TRACKS = 0x1654ae6b;
const TRACK = 0xae;
const TRACK_TYPE = 0x83;
const AUDIO_TRACK = 2;
const CLUSTER = 0x1f43b675;
const TIMESTAMP = 0xe7;
const BLOCK_GROUP = 0xa0;
const BLOCK = 0xa1;
const SIMPLE_BLOCK = 0xa3;

/** Elements that are entered. Their size does not matter, and is unknown in a recording. */
const ENTERED: ReadonlySet<number> = new Set([SEGMENT, INFO, TRACKS, TRACK, CLUSTER, BLOCK_GROUP]);
const HEADER_BYTES_MAX = 24;
/** A recording has 50 blocks a second at most: more than five hours. */
const ELEMENTS_MAX = 1_000_000;
const NANOSECONDS = 1e9;

export interface WebmFacts {
  /** Null for a file without blocks. */
  readonly seconds: number | null;
  /** True if all its tracks are audio. */
  readonly isAudio: boolean;
}

/** Throws when there are more elements than audio has. */
export async function readWebm(file: FileHandle): Promise<WebmFacts> {
  const { size } = await file.stat();
  const header = Buffer.alloc(HEADER_BYTES_MAX);
  const tracks: number[] = [];
  let scale = 1_000_000;
  let cluster = 0;
  let last = -1;
  let count = 0;
  for (let at = 0; at < size; count += 1) {
    if (count === ELEMENTS_MAX) throw new Error("It has too many elements.");
    const { bytesRead } = await file.read(header, 0, HEADER_BYTES_MAX, at);
    const element = elementIn(header.subarray(0, bytesRead));
    if (!element) break;
    const { id, headerBytes, bytes, content } = element;
    if (id === TRACK_TYPE) tracks.push(unsignedIn(content, bytes));
    if (id === TIMESTAMP_SCALE) scale = unsignedIn(content, bytes);
    if (id === TIMESTAMP) cluster = unsignedIn(content, bytes);
    if (id === SIMPLE_BLOCK || id === BLOCK) last = Math.max(last, cluster + timeOfBlock(content));
    at += headerBytes + (ENTERED.has(id) ? 0 : bytes);
  }
  return {
    seconds: last < 0 ? null : (last * scale) / NANOSECONDS,
    isAudio: tracks.length > 0 && tracks.every((type) => type === AUDIO_TRACK),
  };
}

interface Element {
  readonly id: number;
  readonly headerBytes: number;
  readonly bytes: number;
  /** The first bytes of its content. */
  readonly content: Buffer;
}

function elementIn(header: Buffer): Element | null {
  const idBytes = lengthOf(header, 0);
  if (idBytes > 4) return null;
  const sizeBytes = lengthOf(header, idBytes);
  const headerBytes = idBytes + sizeBytes;
  if (sizeBytes > 8 || headerBytes > header.length) return null;
  const id = header.readUIntBE(0, idBytes);
  const first = (header[idBytes] ?? 0) & (0xff >> sizeBytes);
  let bytes = first;
  for (let each = 1; each < sizeBytes; each += 1) {
    bytes = bytes * 256 + (header[idBytes + each] ?? 0);
  }
  return { id, headerBytes, bytes, content: header.subarray(headerBytes) };
}

/** The number of zeros in front says how long a number is. */
function lengthOf(header: Buffer, at: number): number {
  return Math.clz32(header[at] ?? 0) - 23;
}

function unsignedIn(content: Buffer, bytes: number): number {
  const length = Math.min(bytes, content.length, 6);
  return length === 0 ? 0 : content.readUIntBE(0, length);
}

/** Behind the number of its track, relative to the cluster. */
function timeOfBlock(content: Buffer): number {
  const at = lengthOf(content, 0);
  return at + 2 <= content.length ? content.readInt16BE(at) : 0;
}
