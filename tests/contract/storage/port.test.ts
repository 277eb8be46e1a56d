// The storage port does what it says, over the embedded store. STORAGE_CONTRACT names another S3
// as JSON (`S3Options`), to see that both do the same.
import { randomBytes, randomUUID } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { HOLDER_HEADER } from "#kit/storage/holder";
import { createS3Storage } from "#kit/storage/s3-storage";
import type { Storage, UploadPart } from "#kit/storage/storage";
import { startStore, type TestStore } from "../../kit/store.ts";

const MIB = 1_024 * 1_024;
const contentType = "image/webp";
const expiresIn = 600;

let store: TestStore | undefined;
let storage: Storage;

beforeAll(async () => {
  const other = process.env.STORAGE_CONTRACT;
  if (other) storage = createS3Storage(JSON.parse(other));
  else {
    store = await startStore();
    storage = store.storage;
  }
});
afterAll(() => store?.stop());

const newKey = () => `contract/${randomUUID()}`;

/** As a client sends a part: with the headers of its ticket, of which it sets the length itself. */
function send(part: UploadPart, whole: Uint8Array, from: number): Promise<Response> {
  const body = new Blob([whole.slice(from, from + part.bytes)]);
  return fetch(part.url, { method: "PUT", body });
}

const bytesOf = async (key: string) => buffer((await storage.read(key)).body);

it("a file that was written is read, described and removed", async () => {
  const key = newKey();
  const body = randomBytes(1_000);
  const written = await storage.write({ key, contentType, body });
  expect(await storage.stat(key)).toEqual(written);
  expect(written).toMatchObject({ bytes: 1_000, contentType });
  expect(await bytesOf(key)).toEqual(body);
  await storage.remove([key, newKey()]);
  await storage.remove([key]);
  expect(await storage.stat(key)).toBeNull();
  await expect(storage.read(key)).rejects.toMatchObject({ problem: "NOT_FOUND" });
});

it("a part of a file is read by its range", async () => {
  const key = newKey();
  const body = randomBytes(1_000);
  await storage.write({ key, contentType, body });
  const { body: part, bytes } = await storage.read(key, { start: 10, end: 19 });
  expect(await buffer(part)).toEqual(body.subarray(10, 20));
  expect(bytes).toBe(1_000);
});

it("an upload of several parts resumes where it broke off, and is whole in the end", async () => {
  const key = newKey();
  const body = randomBytes(20 * MIB);
  const upload = { key, bytes: body.length, expiresIn };
  const { uploadId, parts } = await storage.startUpload({ ...upload, contentType });
  expect(parts.map((part) => part.bytes)).toEqual([8 * MIB, 8 * MIB, 4 * MIB]);
  const [first, second, third] = parts as [UploadPart, UploadPart, UploadPart];
  expect((await send(third, body, 16 * MIB)).status).toBe(200);
  expect((await send(first, body, 0)).status).toBe(200);
  await expect(storage.finishUpload({ ...upload, uploadId })).rejects.toMatchObject({
    problem: "UPLOAD_INCOMPLETE",
  });
  const missing = await storage.resumeUpload({ ...upload, uploadId });
  expect(missing.map((part) => part.number)).toEqual([second.number]);
  for (const part of missing) await send(part, body, 8 * MIB);
  const facts = await storage.finishUpload({ ...upload, uploadId });
  expect(facts).toMatchObject({ bytes: body.length, contentType });
  expect(await storage.finishUpload({ ...upload, uploadId })).toEqual(facts);
  expect((await bytesOf(key)).equals(body)).toBe(true);
});

it("a part of another length than agreed is refused", async () => {
  const key = newKey();
  const body = randomBytes(100);
  const upload = { key, bytes: body.length, expiresIn };
  const { uploadId, parts } = await storage.startUpload({ ...upload, contentType });
  const [part] = parts as [UploadPart];
  for (const bytes of [99, 101]) {
    const answer = await fetch(part.url, { method: "PUT", body: new Blob([randomBytes(bytes)]) });
    expect(answer.status).toBe(403);
  }
  expect(await storage.listParts({ key, uploadId })).toEqual([]);
  await storage.abortUpload({ key, uploadId });
});

it("an upload that was aborted takes no part, and is aborted again without harm", async () => {
  const key = newKey();
  const upload = { key, bytes: 10, expiresIn };
  const { uploadId, parts } = await storage.startUpload({ ...upload, contentType });
  await storage.abortUpload({ key, uploadId });
  await storage.abortUpload({ key, uploadId });
  const [part] = parts as [UploadPart];
  expect((await send(part, randomBytes(10), 0)).status).toBe(404);
  const gone = { problem: "UPLOAD_NOT_FOUND" };
  await expect(storage.finishUpload({ ...upload, uploadId })).rejects.toMatchObject(gone);
  await expect(storage.resumeUpload({ ...upload, uploadId })).rejects.toMatchObject(gone);
  expect(await storage.stat(key)).toBeNull();
});

it("a link gives the file with its name and kind, whole or by ranges, and no other method", async () => {
  const key = newKey();
  const body = randomBytes(50);
  await storage.write({ key, contentType: "application/octet-stream", body });
  const fileName = `été "1".pdf`;
  const options = { key, expiresIn, contentType: "application/pdf", fileName } as const;
  const { url, headers } = storage.link({ ...options, disposition: "attachment" });
  expect(headers).toEqual({});
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/pdf");
  expect(answer.headers.get("content-disposition")).toBe(
    `attachment; filename="_t_ _1_.pdf"; filename*=UTF-8''%C3%A9t%C3%A9%20%221%22.pdf`,
  );
  expect(answer.headers.get("cache-control")).toBe("private, max-age=300");
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(body);
  const part = await fetch(url, { headers: { range: "bytes=-5" } });
  expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 45-49/50"]);
  expect(Buffer.from(await part.arrayBuffer())).toEqual(body.subarray(45));
  const known = await fetch(url, {
    headers: { "if-none-match": answer.headers.get("etag") ?? "" },
  });
  expect(known.status).toBe(304);
  expect((await fetch(url, { headers: { range: "bytes=50-" } })).status).toBe(416);
  expect((await fetch(url, { method: "DELETE" })).status).toBe(403);
});

it("a link for one person is useless without that person's header", async () => {
  const key = newKey();
  await storage.write({ key, contentType, body: randomBytes(5) });
  const options = { key, expiresIn, contentType, disposition: "inline" } as const;
  const { url, headers } = storage.link({ ...options, holder: "p1" });
  const { headers: others } = storage.link({ ...options, holder: "p2" });
  expect(Object.keys(headers)).toEqual([HOLDER_HEADER]);
  expect((await fetch(url, { headers })).status).toBe(200);
  for (const wrong of [{}, others]) {
    expect((await fetch(url, { headers: wrong })).status).toBe(403);
  }
  expect(url).not.toContain(headers[HOLDER_HEADER]);
});

it("the store is there", async () => {
  await storage.check();
});
