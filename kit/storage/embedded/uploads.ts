// Uploads in parts of the embedded store: each is a folder with a file of its facts and a file for
// each part, until it is completed or aborted. One that nobody ends is removed after a day.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { createKeyedQueue } from "#kit/data/keyed-queue";
import {
  codeOf,
  draft,
  type Facts,
  type Folder,
  openStored,
  type Source,
  syncFolder,
} from "#kit/storage/embedded/files";
import type { Objects } from "#kit/storage/embedded/objects";
import { Refusal } from "#kit/storage/embedded/refusals";
import { PART_BYTES_MIN } from "#kit/storage/parts";

export const UPLOAD_MS_MAX = 24 * 60 * 60 * 1_000;

const uploadShape = z.strictObject({
  key: z.string(),
  contentType: z.string(),
  startedAt: z.int(),
});

type Upload = z.infer<typeof uploadShape>;

export interface Part {
  readonly number: number;
  readonly etag: string;
  readonly bytes: number;
}

export interface Uploads {
  /** The id of a new upload. */
  start(upload: Upload): Promise<string>;
  /** Keeps a part in place of one with the same number. */
  putPart(key: string, id: string, number: number, source: Source): Promise<Facts>;
  /** In the order of their numbers. */
  parts(key: string, id: string): Promise<readonly Part[]>;
  /** Makes one object of exactly these parts. */
  complete(key: string, id: string, wanted: readonly Omit<Part, "bytes">[]): Promise<Facts>;
  abort(key: string, id: string): Promise<void>;
  /** Removes those that were started before. */
  removeBefore(startedAt: number): Promise<void>;
}

export function createUploads(folder: Folder, objects: Objects): Uploads {
  const root = join(folder.path, "uploads");
  // A part must not come between the reading of all parts and the end of the upload.
  const turns = createKeyedQueue();
  const found = async (key: string, id: string) => {
    const upload = await readUpload(root, id);
    if (upload?.key === key) return upload;
    throw new Refusal("NoSuchUpload", "There is no such upload of this key.");
  };
  const remove = async (id: string) => {
    const aside = join(folder.aside, randomUUID());
    await rename(join(root, id), aside);
    await syncFolder(root);
    await rm(aside, { recursive: true, force: true });
  };
  return {
    start: (upload) => startUpload(folder, root, upload),
    async putPart(key, id, number, source) {
      const { contentType } = await found(key, id);
      const ready = await draft(folder, source, { key, contentType });
      return turns.run(id, async () => {
        await found(key, id).catch(async (error: unknown) => {
          await ready.discard();
          throw error;
        });
        await ready.publish(join(root, id, partName(number)));
        return ready.facts;
      });
    },
    async parts(key, id) {
      await found(key, id);
      return readParts(join(root, id));
    },
    complete: (key, id, wanted) =>
      turns.run(id, async () => {
        const { contentType } = await found(key, id);
        const chosen = chosenParts(await readParts(join(root, id)), wanted);
        const bytes = chosen.reduce((sum, part) => sum + part.bytes, 0);
        const body = bodyOf(join(root, id), chosen);
        const etag = etagOf(chosen);
        await objects.publish(
          await draft(folder, { body, bytes, sha256: null }, { key, contentType, etag }),
        );
        await remove(id);
        return { key, contentType, etag, bytes };
      }),
    abort: (key, id) =>
      turns.run(id, async () => {
        await found(key, id);
        await remove(id);
      }),
    async removeBefore(startedAt) {
      for (const id of await readdir(root)) {
        await turns.run(id, async () => {
          const upload = await readUpload(root, id);
          if (upload && upload.startedAt < startedAt) await remove(id);
        });
      }
    },
  };
}

/** Makes its folder aside: an upload without its facts is never seen. */
async function startUpload(folder: Folder, root: string, upload: Upload): Promise<string> {
  const id = randomUUID();
  const aside = join(folder.aside, id);
  await mkdir(aside, { mode: 0o700 });
  const file = await open(join(aside, "upload"), "wx", 0o600);
  try {
    await file.writeFile(JSON.stringify(upload));
    await file.sync();
  } finally {
    await file.close();
  }
  await syncFolder(aside);
  await rename(aside, join(root, id));
  await syncFolder(root);
  return id;
}

async function readUpload(root: string, id: string): Promise<Upload | null> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return null;
  try {
    return uploadShape.parse(JSON.parse(await readFile(join(root, id, "upload"), "utf8")));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/** With zeros, so that names sort as numbers do. */
function partName(number: number): string {
  return String(number).padStart(5, "0");
}

async function readParts(path: string): Promise<Part[]> {
  const names = (await readdir(path)).filter((name) => /^\d{5}$/.test(name)).sort();
  const parts: Part[] = [];
  for (const name of names) {
    const stored = await openStored(join(path, name));
    if (!stored) continue;
    await stored.close();
    parts.push({ number: Number(name), etag: stored.facts.etag, bytes: stored.facts.bytes });
  }
  return parts;
}

/** Throws unless all wanted parts are there, in order, and large enough. */
function chosenParts(parts: readonly Part[], wanted: readonly Omit<Part, "bytes">[]): Part[] {
  const byNumber = new Map(parts.map((part) => [part.number, part]));
  return wanted.map(({ number, etag }, index) => {
    const part = byNumber.get(number);
    if ((wanted[index - 1]?.number ?? 0) >= number) {
      throw new Refusal("InvalidPartOrder", "The parts are not in the order of their numbers.");
    }
    if (part?.etag !== etag) throw new Refusal("InvalidPart", `Part ${number} is not there.`);
    if (index < wanted.length - 1 && part.bytes < PART_BYTES_MIN) {
      throw new Refusal("EntityTooSmall", `Part ${number} is too small.`);
    }
    return part;
  });
}

async function* bodyOf(path: string, parts: readonly Part[]): AsyncIterable<Uint8Array> {
  for (const { number } of parts) {
    const stored = await openStored(join(path, partName(number)));
    if (!stored) throw new Refusal("InvalidPart", `Part ${number} is not there.`);
    try {
      yield* stored.read(0, stored.facts.bytes - 1);
    } finally {
      await stored.close();
    }
  }
}

/** As S3 does it: the MD5 of all MD5s, and the number of parts. */
function etagOf(parts: readonly Part[]): string {
  const hash = createHash("md5");
  for (const { etag } of parts) hash.update(Buffer.from(etag, "hex"));
  return `${hash.digest("hex")}-${parts.length}`;
}
