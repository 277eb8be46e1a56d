// Stored bytes as files, each with a head of facts. A file is written aside, synced and renamed: it
// is there whole or not at all, whenever the process or the machine dies.
import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { z } from "zod";
import { Refusal } from "#kit/storage/embedded/refusals";

/** The facts stand before the bytes, as JSON with spaces behind it. */
const HEAD_BYTES = 1_024;

const factsShape = z.strictObject({
  key: z.string(),
  contentType: z.string(),
  /** Without quotes. */
  etag: z.string(),
  bytes: z.int().min(0),
});

export type Facts = z.infer<typeof factsShape>;

/** The bytes of a new file. */
export interface Source {
  readonly body: AsyncIterable<Uint8Array>;
  readonly bytes: number;
  /** In hexadecimal; null if it is not known. */
  readonly sha256: string | null;
}

export interface Folder {
  readonly path: string;
  /** Files that are being written. They are removed at the next start. */
  readonly aside: string;
}

/** Opens a folder for this process alone, and removes what was not finished. */
export async function openFolder(path: string): Promise<Folder> {
  const aside = join(path, "writing");
  await rm(aside, { recursive: true, force: true });
  for (const name of ["writing", "objects", "uploads"]) {
    await mkdir(join(path, name), { recursive: true, mode: 0o700 });
  }
  await syncFolder(path);
  return { path, aside };
}

/** A file that is whole and synced, and has no name yet that anybody knows. */
export interface Draft {
  readonly facts: Facts;
  /** Gives it its name, whose folder must exist. Whatever had that name is replaced. */
  publish(path: string): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Writes a source aside. Throws a `Refusal`, and leaves nothing behind, if it is shorter or longer
 * than it says, differs from its hash, or the disk is full. Without an `etag` it is the MD5.
 */
export async function draft(
  folder: Folder,
  source: Source,
  about: Pick<Facts, "key" | "contentType"> & { readonly etag?: string },
): Promise<Draft> {
  const path = join(folder.aside, randomUUID());
  const discard = () => rm(path, { force: true });
  try {
    const facts = await written(path, source, about);
    return {
      facts,
      discard,
      async publish(name) {
        await rename(path, name);
        await syncFolder(dirname(name));
      },
    };
  } catch (error) {
    await discard();
    throw isFull(error) ? new Refusal("InsufficientStorage", "The disk is full.") : error;
  }
}

async function written(
  path: string,
  { body, bytes, sha256 }: Source,
  { etag, ...about }: Parameters<typeof draft>[2],
): Promise<Facts> {
  const file = await open(path, "wx", 0o600);
  try {
    const [md5, sha] = [createHash("md5"), createHash("sha256")];
    let at = 0;
    for await (const chunk of body) {
      if (at + chunk.length > bytes) throw new Refusal("IncompleteBody", "The body is too long.");
      md5.update(chunk);
      if (sha256 !== null) sha.update(chunk);
      await writeAll(file, chunk, HEAD_BYTES + at);
      at += chunk.length;
    }
    if (at !== bytes) throw new Refusal("IncompleteBody", "The body is shorter than it says.");
    if (sha256 !== null && sha.digest("hex") !== sha256) {
      throw new Refusal("XAmzContentSHA256Mismatch", "The body differs from its hash.");
    }
    const facts: Facts = { ...about, bytes, etag: etag ?? md5.digest("hex") };
    const head = Buffer.from(JSON.stringify(facts));
    if (head.length > HEAD_BYTES) throw new Refusal("InvalidArgument", "The facts are too long.");
    await writeAll(file, Buffer.concat([head, Buffer.alloc(HEAD_BYTES - head.length, " ")]), 0);
    await file.sync();
    return facts;
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, data: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < data.length; ) {
    const { bytesWritten } = await file.write(data, done, data.length - done, position + done);
    done += bytesWritten;
  }
}

function isFull(error: unknown): boolean {
  return ["ENOSPC", "EDQUOT", "EFBIG"].includes(codeOf(error));
}

export function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException | null)?.code ?? "");
}

/** Without it a machine that dies may forget a new name. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export interface Stored {
  readonly facts: Facts;
  readonly modifiedAt: Date;
  /** The bytes from `start` to `end`, both included. */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
  /** Safe to call again. */
  close(): Promise<void>;
}

/** Opens a file; null if there is none. Throws if it is damaged. */
export async function openStored(path: string): Promise<Stored | null> {
  const file = await open(path, "r").catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  });
  if (!file) return null;
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    await file.read(head, 0, HEAD_BYTES, 0);
    const facts = factsShape.parse(JSON.parse(head.toString()));
    const { size, mtime } = await file.stat();
    if (size !== HEAD_BYTES + facts.bytes) throw new Error("A stored file has a wrong size.");
    return storedOf(file, facts, mtime);
  } catch (error) {
    await file.close();
    throw error;
  }
}

function storedOf(file: FileHandle, facts: Facts, modifiedAt: Date): Stored {
  return {
    facts,
    modifiedAt,
    // A stream cannot read nothing: its end is included.
    read: (start, end) =>
      start > end
        ? Readable.from([])
        : file.createReadStream({ start: HEAD_BYTES + start, end: HEAD_BYTES + end }),
    close: () => file.close(),
  };
}
