// Takes the bytes of a file down to a folder that only this process reads, and compares them with
// their declared length and hash on the way.
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type MediaResult, refused } from "#kit/media/results";

/** A file that somebody has sent, and what they said of it. */
export interface MediaFile {
  readonly contents: AsyncIterable<Uint8Array>;
  readonly contentType: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

const PREFIX = "meetinity-media-";
/** Much longer than a file is worked on. */
const LEFT_BEHIND_MS = 600_000;

/** Runs `work` with the path of the file, which is gone afterwards. A wrong file is refused. */
export async function withReceived(
  file: MediaFile,
  work: (path: string) => Promise<MediaResult>,
): Promise<MediaResult> {
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  try {
    const path = join(folder, "file");
    const hash = createHash("sha256");
    let bytes = 0;
    const counted = async function* () {
      for await (const chunk of file.contents) {
        bytes += chunk.byteLength;
        if (bytes > file.bytes) return;
        hash.update(chunk);
        yield chunk;
      }
    };
    await pipeline(counted, createWriteStream(path, { mode: 0o600 }));
    if (bytes !== file.bytes) return refused("SIZE_MISMATCH");
    if (hash.digest("hex") !== file.sha256) return refused("HASH_MISMATCH");
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what a killed worker has left on the disk. */
export async function removeLeftBehind(now: Date): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const path = join(tmpdir(), name);
    const { mtime } = await stat(path).catch(() => ({ mtime: now }));
    if (now.getTime() - mtime.getTime() < LEFT_BEHIND_MS) continue;
    await rm(path, { recursive: true, force: true });
  }
}
