// A store that is killed (-9) at any moment has all that it said it had, and nothing by halves.
import { type ChildProcess, fork } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createS3Storage } from "#kit/storage/s3-storage";
import type { Storage } from "#kit/storage/storage";
import { BUCKET, CREDENTIALS, filesIn } from "../../kit/store.ts";

const ROUNDS = 2;
const WRITERS = 4;
const KIB = 1_024;
const contentType = "application/octet-stream";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "meetinity-killed-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Running {
  readonly child: ChildProcess;
  readonly storage: Storage;
}

async function start(): Promise<Running> {
  const child = fork(new URL("store-child.ts", import.meta.url), [folder], {
    execArgv: ["--import", "tsx"],
  });
  const [port] = (await once(child, "message")) as [number];
  const url = `http://127.0.0.1:${port}`;
  const options = { url, publicUrl: url, bucket: BUCKET, credentials: CREDENTIALS };
  return { child, storage: createS3Storage(options) };
}

async function kill({ child, storage }: Running): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
  await storage.close();
}

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** By key: the hash of what was or would have been written, and whether the store said yes. */
type Attempts = Map<string, { readonly hash: string; isStored: boolean }>;

/** Writes files, by turns at once and in parts, until the store dies. */
async function writeUntilDead(storage: Storage, attempts: Attempts): Promise<void> {
  for (let count = 0; ; count += 1) {
    const key = `killed/${randomUUID()}`;
    const body = randomBytes(Math.ceil(Math.random() * 512 * KIB));
    const attempt = { hash: hashOf(body), isStored: false };
    attempts.set(key, attempt);
    try {
      if (count % 2 === 0) await storage.write({ key, contentType, body });
      else {
        const upload = { key, bytes: body.length, expiresIn: 60 };
        const { uploadId, parts } = await storage.startUpload({ ...upload, contentType });
        for (const { url } of parts) {
          await fetch(url, { method: "PUT", body: new Blob([body]) });
        }
        await storage.finishUpload({ ...upload, uploadId });
      }
      attempt.isStored = true;
    } catch {
      return;
    }
  }
}

/** The keys that are lost although the store said yes, or are there and broken. */
async function damaged(
  attempts: Attempts,
  read: (key: string) => Promise<Uint8Array | null>,
): Promise<string[]> {
  const bad: string[] = [];
  for (const [key, { hash, isStored }] of attempts) {
    const bytes = await read(key);
    const isRight = bytes === null ? !isStored : hashOf(bytes) === hash;
    if (!isRight) bad.push(key);
  }
  return bad;
}

const readFrom = (storage: Storage) => async (key: string) => {
  const facts = await storage.stat(key);
  return facts && buffer((await storage.read(key)).body);
};

it("a store that is killed while it is written to loses nothing and breaks nothing", async () => {
  const attempts: Attempts = new Map();
  for (let round = 0; round < ROUNDS; round += 1) {
    const running = await start();
    const writing = Array.from({ length: WRITERS }, () =>
      writeUntilDead(running.storage, attempts),
    );
    await delay(100 + Math.random() * 300);
    await kill(running);
    await Promise.all(writing);
  }
  const running = await start();
  expect([...attempts.values()].filter(({ isStored }) => isStored).length).toBeGreaterThan(ROUNDS);
  expect(await damaged(attempts, readFrom(running.storage))).toEqual([]);
  const left = [...(await filesIn(folder)).keys()].filter((path) => path.startsWith("writing/"));
  expect(left).toEqual([]);
  await kill(running);
});

it("and the control: a file that is written in its place is found broken", async () => {
  const body = randomBytes(64 * KIB);
  const path = join(folder, "in-place");
  // As a process leaves it that dies in the middle of its write.
  await writeFile(path, body.subarray(0, 32 * KIB));
  const attempts: Attempts = new Map([["k", { hash: hashOf(body), isStored: false }]]);
  const read = async () => (await filesIn(folder)).get("in-place") ?? null;
  expect(await damaged(attempts, read)).toEqual(["k"]);
});
