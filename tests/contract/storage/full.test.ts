// A store whose disk is full in the middle of a file refuses it, leaves nothing of it behind, and
// goes on. A limit on the size of its files has the same effect as a full disk.
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createS3Storage } from "#kit/storage/s3-storage";
import type { Storage, UploadPart } from "#kit/storage/storage";
import { BUCKET, CREDENTIALS, filesIn } from "../../kit/store.ts";

const MIB = 1_024 * 1_024;
/** In blocks of the shell: 512 bytes or 1 KiB. */
const BLOCKS_MAX = 2_000;
const PROGRAM = fileURLToPath(new URL("store-child.ts", import.meta.url));
const contentType = "application/octet-stream";

let folder: string;
let child: ChildProcess;
let storage: Storage;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "meetinity-full-"));
  const command = `ulimit -f ${BLOCKS_MAX}; exec "$0" --import tsx "$@"`;
  child = spawn("sh", ["-c", command, process.execPath, PROGRAM, folder], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const [port] = (await once(child, "message")) as [number];
  const url = `http://127.0.0.1:${port}`;
  storage = createS3Storage({ url, publicUrl: url, bucket: BUCKET, credentials: CREDENTIALS });
});
afterAll(async () => {
  await storage?.close();
  const exited = once(child, "exit");
  child.disconnect();
  await exited;
  await rm(folder, { recursive: true, force: true });
});

const kept = async () => [...(await filesIn(folder)).keys()];

it("a file for which the disk has no room to its end is refused, and nothing of it stays", async () => {
  const written = storage.write({ key: "full/a", contentType, body: randomBytes(4 * MIB) });
  await expect(written).rejects.toMatchObject({ problem: "UNAVAILABLE" });
  expect(await kept()).toEqual([]);
  expect(await storage.stat("full/a")).toBeNull();
});

it("a part for which there is no room is refused, its upload goes on, and smaller files are taken", async () => {
  const body = randomBytes(4 * MIB);
  const upload = { key: "full/b", bytes: body.length, expiresIn: 60 };
  const { uploadId, parts } = await storage.startUpload({ ...upload, contentType });
  const [part] = parts as [UploadPart];
  const answer = await fetch(part.url, { method: "PUT", body: new Blob([body]) });
  expect(answer.status).toBe(507);
  expect(await answer.text()).toContain("<Code>InsufficientStorage</Code>");
  expect(await storage.listParts({ ...upload, uploadId })).toEqual([]);
  await expect(storage.finishUpload({ ...upload, uploadId })).rejects.toMatchObject({
    problem: "UPLOAD_INCOMPLETE",
  });
  await storage.abortUpload({ ...upload, uploadId });
  expect(await kept()).toEqual([]);
  const small = { key: "full/c", contentType, body: randomBytes(1_000) };
  expect(await storage.write(small)).toMatchObject({ bytes: 1_000 });
});
