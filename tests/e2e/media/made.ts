// Files for tests of media, made here: pictures, sounds, archives, and what pretends to be one.
import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import type { MediaFile } from "../../../kit/media/received.ts";
import type { MediaPurpose } from "../../../kit/media/results.ts";

export const PURPOSE: MediaPurpose = {
  kinds: ["image", "audio", "document"],
  renditions: [
    { name: "list", width: 64, height: 64, fit: "cover" },
    { name: "screen", width: 400, height: 400 },
  ],
  durationMsMax: 60_000,
};

/** The file as it was sent, with its true length and hash unless others are given. */
export function fileOf(
  contentType: string,
  contents: Uint8Array,
  lies: Partial<Pick<MediaFile, "bytes" | "sha256">> = {},
): MediaFile {
  const chunks = async function* () {
    for (let at = 0; at < contents.byteLength; at += 65_536) {
      yield contents.subarray(at, at + 65_536);
    }
  };
  const sha256 = createHash("sha256").update(contents).digest("hex");
  return { contents: chunks(), contentType, bytes: contents.byteLength, sha256, ...lies };
}

/** A picture of noise, which cannot be compressed. */
export function noise(width: number, height: number) {
  const random = { type: "gaussian", mean: 128, sigma: 60 } as const;
  return sharp({ create: { width, height, channels: 3, background: "red", noise: random } });
}

/** A small picture. */
export function png(width: number, height: number): Promise<Buffer> {
  const create = { width, height, channels: 3, background: "teal" } as const;
  return sharp({ create }).png().toBuffer();
}

/** A PNG whose header says how large it is, with hardly any pixels behind it. */
export function pngThatSays(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  const parts = [pngChunk("IHDR", header), pngChunk("IDAT", deflateSync(Buffer.alloc(1_000)))];
  return Buffer.concat([signature, ...parts, pngChunk("IEND", Buffer.alloc(0))]);
}

function pngChunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), content]);
  return Buffer.concat([numbered(content.length), body, numbered(crc32(body))]);
}

const numbered = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

/** Silence as WAV. */
export function wav(seconds: number): Buffer {
  const rate = 8_000;
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + seconds * rate, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write("data", 36);
  header.writeUInt32LE(seconds * rate, 40);
  return Buffer.concat([header, Buffer.alloc(seconds * rate, 128)]);
}

/** WebM as a browser records it: without a duration, and of unknown length. */
export function recording(seconds: number, track: "audio" | "video" = "audio"): Buffer {
  const doctype = element("1a45dfa3", element("4282", Buffer.from("webm")));
  const codec = Buffer.from(track === "audio" ? "A_OPUS" : "V_VP8");
  const entry = [
    element("d7", Buffer.of(1)),
    element("83", Buffer.of(track === "audio" ? 2 : 1)),
    element("86", codec),
    track === "audio" ? element("e1", element("b5", Buffer.from("473b8000", "hex"))) : Buffer.of(),
  ];
  const tracks = element("1654ae6b", element("ae", Buffer.concat(entry)));
  const info = element("1549a966", element("2ad7b1", Buffer.from("0f4240", "hex")));
  const clusters = Array.from({ length: seconds }, (_, second) => {
    const time = Buffer.alloc(4);
    time.writeUInt32BE(second * 1_000);
    const blocks = [0, 500, 1_000].map((at) => {
      const content = Buffer.alloc(8);
      content[0] = 0x81;
      content.writeInt16BE(at, 1);
      return element("a3", content);
    });
    return unending("1f43b675", Buffer.concat([element("e7", time), ...blocks]));
  });
  return Buffer.concat([doctype, unending("18538067", Buffer.concat([info, tracks, ...clusters]))]);
}

const element = (id: string, content: Buffer) => {
  const size = Buffer.of(0x40 | (content.length >> 8), content.length & 0xff);
  return Buffer.concat([Buffer.from(id, "hex"), size, content]);
};

const unending = (id: string, content: Buffer) =>
  Buffer.concat([Buffer.from(`${id}01ffffffffffffff`, "hex"), content]);

/** A ZIP archive of stored entries, as far as readers of its beginning look. */
export function archive(entries: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(
    Object.entries(entries).map(([name, content]) => {
      const header = Buffer.alloc(30);
      header.writeUInt32LE(0x04034b50, 0);
      header.writeUInt16LE(20, 4);
      header.writeUInt32LE(crc32(Buffer.from(content)), 14);
      header.writeUInt32LE(content.length, 18);
      header.writeUInt32LE(content.length, 22);
      header.writeUInt16LE(name.length, 26);
      return Buffer.concat([header, Buffer.from(name), Buffer.from(content)]);
    }),
  );
}
