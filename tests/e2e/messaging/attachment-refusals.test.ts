// Files that are refused: each has its own reason, nothing of it stays in the store, and no message
// gets it.
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { refusalOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { filesHolding, keysOnDisk } from "../../kit/stored-bytes.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { factsOf, sendParts } from "../../kit/uploads.ts";
import { noise, pngThatSays } from "../media/made.ts";
import { begin, settled } from "./attaching.ts";
import { aGroup, codeOf, mutate, send } from "./harness.ts";

let ada: TokenHolder;
let bob: TokenHolder;
let group: string;
beforeAll(async () => {
  [ada, bob] = await tokenHolders(2);
  group = await aGroup(ada, [bob]);
});

const aText = () => `canary-${newId()}`;

/** Sends what comes behind the ticket of a file that was declared. */
async function sendAs(declared: Uint8Array, contentType: string, contents: Uint8Array) {
  const { ticket } = await begin(ada, group, { contents: declared, contentType });
  if (!ticket) throw new Error("the upload did not begin");
  await sendParts(ticket, contents);
  await mutate("FinishAttachmentUpload", ada, { uploadId: ticket.id });
  return ticket.id;
}

async function cutOff(canary: string): Promise<Buffer> {
  const picture = noise(200, 200).withExif({ IFD0: { Copyright: canary } });
  return (await picture.png().toBuffer()).subarray(0, 20_000);
}

const behind = (contents: Uint8Array, canary: string) =>
  Buffer.concat([contents, Buffer.from(canary)]);

describe("refused when it is looked at, and gone from the disk:", () => {
  test.each([
    ["a text as a picture", "image/png", "KIND_MISMATCH", async (canary: string) => canary],
    [
      "a page as a text",
      "text/plain",
      "KIND_MISMATCH",
      async (canary: string) => `<!doctype html><script>${canary}</script>`,
    ],
    [
      "a picture of too many pixels",
      "image/png",
      "TOO_MANY_PIXELS",
      async (canary: string) => behind(pngThatSays(30_000, 30_000), canary),
    ],
    ["a picture that is cut off", "image/png", "BROKEN", cutOff],
  ] as const)("%s", async (_, contentType, refusal, make) => {
    const canary = aText();
    const contents = Buffer.from(await make(canary));
    const id = await sendAs(contents, contentType, contents);
    await expectRefused(id, refusal, canary);
  });

  test("other bytes than their hash says", async () => {
    const canary = aText();
    const contents = Buffer.from(`the right ${canary}`);
    const others = Buffer.from(`the wrong ${canary}`);
    await expectRefused(await sendAs(contents, "text/plain", others), "HASH_MISMATCH", canary);
  });
});

async function expectRefused(id: string, refusal: string, canary: string): Promise<void> {
  expect(await settled(ada, id)).toMatchObject({ state: "REFUSED", refusal, link: null });
  const keys = ["original", "preview", "screen"].map((name) => `attachments/${id}/${name}`);
  await expect.poll(() => keysOnDisk(keys)).toEqual([]);
  await expect.poll(() => filesHolding(canary)).toEqual([]);
  const { __typename } = await send(ada, group, "", { attachmentIds: [id] });
  expect(__typename).toBe("AttachmentNotUsableProblem");
}

describe("refused before it is sent, and not stored:", () => {
  const contents = Buffer.from("plan");

  test.each(["../plan.txt", "..\\plan.txt", "plan\u202Etxt.exe", "plan\u0000.txt", ".."])(
    "a file of the name %j",
    async (fileName) => {
      const file = { ...factsOf(contents, "text/plain"), fileName };
      const input = { conversationId: group, file };
      const as = { as: ada.token };
      const refusal = await refusalOf(operation("CreateAttachmentUpload"), { input }, as);
      expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", field: "input.file.fileName" });
      expect(await filesNamed(fileName)).toBe(0);
    },
  );

  test.each(["0".repeat(63), "G".repeat(64), "F".repeat(64)])(
    "a file whose hash is %s",
    async (sha256) => {
      const file = { ...factsOf(contents, "text/plain"), sha256 };
      const input = { conversationId: group, file };
      expect(await codeOf("CreateAttachmentUpload", ada, input)).toBe("BAD_USER_INPUT");
    },
  );
});

/** How many files of Ada have a name. PostgreSQL takes none with a zero byte. */
async function filesNamed(name: string): Promise<number> {
  const { rowCount } = await withDatabase("messaging", (client) =>
    client.query("select from file where owner_id = $1 and file_name = $2", [
      ada.id,
      name.replaceAll("\u0000", ""),
    ]),
  );
  return rowCount ?? 0;
}

describe("a ticket", () => {
  const contents = Buffer.from(aText());
  const aTicket = async () => {
    const { ticket } = await begin(ada, group, { contents, contentType: "text/plain" });
    if (!ticket) throw new Error("the upload did not begin");
    return ticket;
  };

  test("whose time has passed finishes nothing, whatever has arrived", async () => {
    const ticket = await aTicket();
    await sendParts(ticket, contents);
    await withDatabase("messaging", (client) =>
      client.query("update file set expires_at = now() where id = $1", [ticket.id]),
    );
    const finished = await mutate("FinishAttachmentUpload", ada, { uploadId: ticket.id });
    expect(finished).toMatchObject({ __typename: "UploadEndedProblem" });
    const { __typename } = await send(ada, group, "", { attachmentIds: [ticket.id] });
    expect(__typename).toBe("AttachmentNotUsableProblem");
  });

  test("of another person finishes nothing, and sends no file", async () => {
    const ticket = await aTicket();
    await sendParts(ticket, contents);
    const uploadId = ticket.id;
    expect(await codeOf("FinishAttachmentUpload", bob, { uploadId })).toBe("NOT_FOUND");
    const { __typename } = await send(bob, group, "", { attachmentIds: [uploadId] });
    expect(__typename).toBe("AttachmentNotUsableProblem");
    const own = await mutate("FinishAttachmentUpload", ada, { uploadId });
    expect(own).toMatchObject({ __typename: "FinishAttachmentUploadSuccess" });
  });

  test("takes its parts alone: no other length, number, upload or file", async () => {
    const [ticket, other] = [await aTicket(), await aTicket()];
    const [part] = ticket.parts;
    const url = part?.url ?? "";
    const put = async (to: string, body: Buffer) =>
      (await fetch(to, { method: "PUT", body: new Uint8Array(body) })).status;
    expect(await put(url, Buffer.concat([contents, contents]))).toBe(403);
    expect(await put(url, contents.subarray(1))).toBe(403);
    const otherUpload = new URL(other.parts[0]?.url ?? "").searchParams.get("uploadId") ?? "";
    const changed = [
      url.replace("partNumber=1", "partNumber=2"),
      url.replace(/uploadId=[^&]+/, `uploadId=${otherUpload}`),
      url.replace(ticket.id, other.id),
    ];
    for (const each of changed) {
      expect(each).not.toBe(url);
      expect(await put(each, contents)).toBe(403);
    }
    // The same part twice is there once.
    expect([await put(url, contents), await put(url, contents)]).toEqual([200, 200]);
    const finished = await mutate("FinishAttachmentUpload", ada, { uploadId: ticket.id });
    expect(finished).toMatchObject({ __typename: "FinishAttachmentUploadSuccess" });
    expect(await settled(ada, ticket.id)).toMatchObject({ state: "READY" });
  });
});
