// What is special of the embedded store: what it refuses leaves nothing behind, nothing is listed,
// and its answers are safe in a browser.
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createS3Requests, type S3Requests } from "#kit/storage/s3-requests";
import { sha256Hex, signedHeaders } from "#kit/storage/signing";
import type { UploadPart } from "#kit/storage/storage";
import { APP_ORIGIN, startStore, type TestStore } from "../../kit/store.ts";

const contentType = "text/html";
const key = "a/b-1";

let store: TestStore;
let requests: S3Requests;
beforeAll(async () => {
  store = await startStore();
  requests = createS3Requests(store.options.url, store.options.credentials);
});
afterAll(async () => {
  await requests.close();
  await store.stop();
});

const codeOf = (sent: Promise<unknown>) =>
  sent.then(
    () => "accepted",
    (error: Error) => error.message.replace("The store answered ", ""),
  );

/** An upload of one part, and the URL of the part. */
async function startUpload(bytes: number) {
  const upload = { key, contentType, bytes, expiresIn: 60 };
  const { uploadId, parts } = await store.storage.startUpload(upload);
  const [part] = parts as [UploadPart];
  return { uploadId, part, url: new URL(part.url) };
}

describe("a refused request leaves nothing behind:", () => {
  it("a body that differs from its hash", async () => {
    const before = await store.files();
    const { url, credentials } = store.options;
    const {
      host: __,
      "content-length": _,
      ...headers
    } = signedHeaders(credentials, {
      method: "PUT",
      path: "/files/wrong",
      query: [],
      headers: { host: new URL(url).host, "content-length": "5" },
      at: new Date(),
      payloadHash: sha256Hex("right"),
    });
    const sent = { method: "PUT", headers, body: new Blob(["wrong"]) };
    const answer = await fetch(`${url}/files/wrong`, sent);
    expect(await answer.text()).toContain("<Code>XAmzContentSHA256Mismatch</Code>");
    expect(await store.files()).toEqual(before);
  });

  it("a part that breaks off", async () => {
    const { url, uploadId } = await startUpload(1_000);
    const before = await store.files();
    const socket = connect(Number(url.port), url.hostname);
    socket.on("error", () => {});
    socket.write(`PUT ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\n`);
    socket.write(`content-length: 1000\r\n\r\n${"x".repeat(500)}`);
    await expect.poll(async () => (await store.files()).size).toBe(before.size + 1);
    socket.resetAndDestroy();
    await once(socket, "close");
    await expect.poll(() => store.files()).toEqual(before);
    expect(await store.storage.listParts({ key, uploadId })).toEqual([]);
    await store.storage.abortUpload({ key, uploadId });
    expect(await store.files()).toEqual(new Map());
  });

  it("a file for which the disk has no room", async () => {
    const full = await startStore({ freeBytesMin: Number.MAX_SAFE_INTEGER });
    const written = full.storage.write({ key, contentType, body: randomBytes(10) });
    await expect(written).rejects.toMatchObject({ problem: "UNAVAILABLE" });
    expect((await fetch(`${full.options.url}/readyz`)).status).toBe(507);
    expect((await fetch(`${full.options.url}/livez`)).status).toBe(200);
    expect(await full.files()).toEqual(new Map());
    await full.stop();
  });
});

it("a part that is sent twice at once is there once, and whole", async () => {
  const { part, uploadId } = await startUpload(100_000);
  const bodies = Array.from({ length: 8 }, () => randomBytes(100_000));
  const answers = await Promise.all(
    bodies.map((body) => fetch(part.url, { method: "PUT", body: new Blob([body]) })),
  );
  expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 200));
  const [sent, ...more] = await store.storage.listParts({ key, uploadId });
  expect(more).toEqual([]);
  const hashes = bodies.map((body) => createHash("md5").update(body).digest("hex"));
  expect(hashes).toContain(sent?.etag);
  await store.storage.finishUpload({ key, uploadId, bytes: 100_000 });
  expect((await store.files()).size).toBe(1);
  await store.storage.remove([key]);
});

it("an upload of another key is not found by its id", async () => {
  const { uploadId } = await startUpload(10);
  const other = { key: "a/b-2", uploadId, bytes: 10 };
  await expect(store.storage.finishUpload(other)).rejects.toMatchObject({
    problem: "UPLOAD_NOT_FOUND",
  });
  await store.storage.abortUpload(other);
  expect(await store.storage.listParts({ key, uploadId })).toEqual([]);
  await store.storage.abortUpload({ key, uploadId });
});

it("an upload that nobody ends is removed after a day", async () => {
  let now = Date.now();
  const other = await startStore({ clock: () => new Date(now), sweepEveryMs: 20 });
  const upload = { key, contentType, bytes: 10, expiresIn: 60 };
  await other.storage.startUpload(upload);
  await delay(60);
  expect((await other.files()).size).toBe(1);
  now += 24 * 60 * 60 * 1_000 + 1;
  await expect.poll(async () => (await other.files()).size).toBe(0);
  await other.stop();
});

describe("nothing is there but our operations:", () => {
  it.each([
    ["a list of objects", { method: "GET", path: "/files" }, "400 InvalidURI"],
    [
      "a list of uploads",
      { method: "GET", path: "/files/a", query: [["uploads", ""]] },
      "501 NotImplemented",
    ],
    ["a list of buckets", { method: "GET", path: "/" }, "404 NoSuchBucket"],
    ["another bucket", { method: "GET", path: "/other/a" }, "404 NoSuchBucket"],
    ["a way out of the folder", { method: "GET", path: "/files/../secret" }, "400 InvalidURI"],
    ["an empty name", { method: "GET", path: "/files/a//b" }, "400 InvalidURI"],
    [
      "rights",
      { method: "PUT", path: "/files/a", query: [["acl", ""]], body: "" },
      "501 NotImplemented",
    ],
  ] as const)("%s", async (_, request, code) => {
    expect(await codeOf(requests.text({ query: [], ...request }))).toBe(code);
  });

  it("a signed URL that would change more than a part", async () => {
    const { url } = await startUpload(10);
    for (const method of ["POST", "DELETE"]) {
      expect((await fetch(url, { method })).status).toBe(403);
    }
  });

  it.each(["", "<CompleteMultipartUpload></CompleteMultipartUpload>", "<a/>"])(
    "a list of parts that is %j",
    async (body) => {
      const { uploadId } = await startUpload(10);
      const query = [["uploadId", uploadId]] as const;
      const sent = requests.text({ method: "POST", path: `/files/${key}`, query, body });
      expect(await codeOf(sent)).toBe("400 MalformedXML");
    },
  );
});

describe("in a browser", () => {
  const read = async (headers: Record<string, string> = {}) => {
    await store.storage.write({ key, contentType, body: Buffer.from("<script>alert(1)</script>") });
    const link = store.storage.link({
      key,
      expiresIn: 60,
      contentType,
      disposition: "attachment",
    });
    return fetch(link.url, { headers });
  };

  it("a file is never run, framed or guessed", async () => {
    const { headers } = await read();
    expect(headers.get("content-disposition")).toBe("attachment");
    expect(headers.get("content-security-policy")).toBe("sandbox; default-src 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("cache-control")).toBe("private, max-age=30");
  });

  it("pages of the app may read it, and others may not", async () => {
    const own = await read({ origin: APP_ORIGIN });
    expect(own.headers.get("access-control-allow-origin")).toBe(APP_ORIGIN);
    for (const origin of ["https://evil.example", "http://localhost:1", "null"]) {
      const { headers } = await read({ origin });
      expect(headers.get("access-control-allow-origin")).toBeNull();
    }
  });

  it("pages of the app may send parts, and no other may", async () => {
    const { url } = await startUpload(10);
    const ask = (origin: string, wanted: string) =>
      fetch(url, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": wanted },
      });
    const { status, headers } = await ask(APP_ORIGIN, "PUT");
    expect([status, headers.get("access-control-allow-methods")]).toEqual([204, "GET, HEAD, PUT"]);
    expect((await ask("https://evil.example", "PUT")).status).toBe(403);
    expect((await ask(APP_ORIGIN, "DELETE")).status).toBe(403);
  });
});
