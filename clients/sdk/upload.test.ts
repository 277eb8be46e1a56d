// Guarantees of uploads: every part arrives once it can, a pause keeps what has arrived, and an
// address that is refused is replaced by one of the next ticket.
import { expect, test } from "vitest";
import { startUpload, type UploadTicket } from "./upload.ts";
import type { PartAnswer, PartRequest } from "./upload-platform.ts";

const FILE = new Blob(["abcdefghij"]);
const SHA256 = "72399361da6a7754fec986dca5b7cbaf1c810a28ded4abaf56b2106d06cb78b0";

const partsOf = (numbers: readonly number[], round = 1) =>
  numbers.map((number) => ({
    number,
    offset: (number - 1) * 4,
    bytes: number === 3 ? 2 : 4,
    url: `${round}/${number}`,
    headers: [],
  }));

/** A storage that answers as it is told, and then takes everything. */
function aStorage(answers: readonly (PartAnswer | "hangs")[] = []) {
  const left = [...answers];
  const urls: string[] = [];
  const has = new Map<number, string>();
  const put = async ({ url, body, signal }: PartRequest): Promise<PartAnswer> => {
    urls.push(url);
    const answer = left.shift() ?? "sent";
    if (answer === "hangs") {
      return new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve("failed"));
      });
    }
    const text = new TextDecoder().decode(await body.arrayBuffer());
    if (answer === "sent") has.set(Number(url.slice(2)), text);
    return answer;
  };
  let round = 1;
  const begun: unknown[] = [];
  const begin = async (file: unknown): Promise<UploadTicket> => {
    begun.push(file);
    return { id: "u", parts: partsOf([1, 2, 3]) };
  };
  const finish = async (): Promise<UploadTicket | null> => {
    const missing = [1, 2, 3].filter((number) => !has.has(number));
    round += 1;
    return missing.length === 0 ? null : { id: "u", parts: partsOf(missing, round) };
  };
  const clock = {
    now: () => 0,
    after(_ms: number, work: () => void) {
      queueMicrotask(work);
      return () => {};
    },
  };
  const upload = startUpload({ file: FILE, begin, finish, put, clock });
  const status = () => upload.getSnapshot().status;
  return { upload, status, urls, has, begun };
}

test("sends all parts, and tells size and hash first", async () => {
  const { upload, status, has, begun } = aStorage();
  await expect.poll(status).toBe("done");
  expect(begun).toEqual([{ bytes: 10, sha256: SHA256 }]);
  expect([...has]).toEqual([
    [1, "abcd"],
    [2, "efgh"],
    [3, "ij"],
  ]);
  expect(upload.getSnapshot()).toMatchObject({ sentBytes: 10, bytes: 10, error: null });
});

test("a part that fails is sent again", async () => {
  const { status, urls } = aStorage(["failed", "sent", "failed"]);
  await expect.poll(status).toBe("done");
  expect(urls).toEqual(["1/1", "1/1", "1/2", "1/2", "1/3"]);
});

test("a refused address is replaced, and parts that have arrived are not sent again", async () => {
  const { status, urls } = aStorage(["sent", "refused"]);
  await expect.poll(status).toBe("done");
  expect(urls).toEqual(["1/1", "1/2", "2/2", "2/3"]);
});

test("a pause stops the part that is under way, and resuming sends it again", async () => {
  const { upload, status, urls, has } = aStorage(["sent", "hangs"]);
  await expect.poll(() => urls).toEqual(["1/1", "1/2"]);
  upload.pause();
  expect(upload.getSnapshot()).toMatchObject({ status: "paused", sentBytes: 4, error: null });
  await Promise.resolve();
  expect(urls).toHaveLength(2);
  upload.resume();
  await expect.poll(status).toBe("done");
  expect(has.size).toBe(3);
});

test("after too many failures it pauses by itself, and says why", async () => {
  const { upload, status } = aStorage(Array.from({ length: 8 }, () => "failed" as const));
  await expect.poll(status).toBe("paused");
  expect(upload.getSnapshot().error).toBeInstanceOf(Error);
  upload.resume();
  await expect.poll(status).toBe("done");
});

test("a cancelled upload sends nothing more", async () => {
  const { upload, status, urls } = aStorage(["hangs"]);
  await expect.poll(() => urls).toHaveLength(1);
  upload.cancel();
  await Promise.resolve();
  upload.resume();
  expect(status()).toBe("cancelled");
  expect(urls).toHaveLength(1);
});

test("an upload that is cancelled while it begins sends nothing", async () => {
  const sent: string[] = [];
  const put = async ({ url }: PartRequest): Promise<PartAnswer> => {
    sent.push(url);
    return "sent";
  };
  let answer = (_ticket: UploadTicket) => {};
  const begun = new Promise<UploadTicket>((resolve) => {
    answer = resolve;
  });
  let isAsked = false;
  const begin = () => {
    isAsked = true;
    return begun;
  };
  const upload = startUpload({ file: FILE, begin, finish: async () => null, put });
  await expect.poll(() => isAsked).toBe(true);
  upload.cancel();
  answer({ id: "u", parts: partsOf([1]) });
  await begun;
  await Promise.resolve();
  expect(upload.getSnapshot().status).toBe("cancelled");
  expect(sent).toEqual([]);
});

test("an upload that cannot begin has failed", async () => {
  const begin = async () => {
    throw new Error("full");
  };
  const finish = async () => null;
  const upload = startUpload({ file: FILE, begin, finish, put: async () => "sent" });
  await expect.poll(() => upload.getSnapshot().status).toBe("failed");
  expect(upload.getSnapshot().error).toMatchObject({ message: "full" });
});
