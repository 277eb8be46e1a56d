// Guarantees about the bytes of files in messages: when a message, an account or an upload goes,
// they are nowhere in the store any more. A text in each file is looked for on the disk.
import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { withDatabase } from "../../kit/database.ts";
import { eraseIn } from "../../kit/erasures.ts";
import { filesHolding, keysOnDisk, letFilesBeSwept } from "../../kit/stored-bytes.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { sendParts } from "../../kit/uploads.ts";
import { attachments, begin, settled, upload } from "./attaching.ts";
import { aGroup, mutate, send } from "./harness.ts";

let ada: TokenHolder;
let bob: TokenHolder;
let eve: TokenHolder;
let group: string;
beforeAll(async () => {
  [ada, bob, eve] = await tokenHolders(3);
  group = await aGroup(ada, [bob, eve]);
});

/** A document with a text that is nowhere else. */
function aDocument() {
  const canary = `canary-${newId()}`;
  const contents = new TextEncoder().encode(`The plan: ${canary}`);
  return { canary, file: { contents, contentType: "text/plain", fileName: "plan.txt" } };
}

/** A picture with such a text in its metadata, as a camera writes it. */
async function aPhoto() {
  const canary = `canary-${newId()}`;
  const create = { width: 600, height: 400, channels: 3, background: "teal" } as const;
  const picture = sharp({ create }).withExif({ IFD0: { Copyright: canary } });
  return { canary, file: { contents: await picture.jpeg().toBuffer(), contentType: "image/jpeg" } };
}

/** Sends files in one message, and waits until they have been looked at. */
async function sendFiles(as: TokenHolder, ids: readonly string[]): Promise<string> {
  const { message } = await send(as, group, "", { attachmentIds: ids });
  for (const id of ids) await settled(as, id);
  return message?.id ?? "";
}

const keysOf = (id: string) =>
  ["original", "preview", "screen"].map((name) => `attachments/${id}/${name}`);

async function forward(as: TokenHolder, messageId: string, to: string): Promise<string> {
  const wish = { messageId, conversationId: to, clientMessageId: newId() };
  const { message } = await mutate("ForwardMessage", as, wish);
  return message?.id ?? "";
}

/** Nothing of these is left on the disk, which must be so within a minute. */
async function expectGone(canaries: readonly string[], ids: readonly string[]): Promise<void> {
  const holding = async () => (await Promise.all(canaries.map(filesHolding))).flat();
  await expect.poll(holding).toEqual([]);
  await expect.poll(() => keysOnDisk(ids.flatMap(keysOf))).toEqual([]);
}

test("a deleted message leaves no byte of its files, nor of the pictures made of them", async () => {
  const [text, photo] = [aDocument(), await aPhoto()];
  const ids = [await upload(ada, group, text.file), await upload(ada, group, photo.file)];
  const messageId = await sendFiles(ada, ids);
  const [document = "", image = ""] = ids;
  expect(await filesHolding(text.canary)).toHaveLength(1);
  // The file of the camera goes as soon as there are pictures of ours.
  await expect.poll(() => filesHolding(photo.canary)).toEqual([]);
  expect(await keysOnDisk([...keysOf(document), ...keysOf(image)])).toEqual([
    `attachments/${document}/original`,
    `attachments/${image}/preview`,
    `attachments/${image}/screen`,
  ]);
  await mutate("DeleteMessage", ada, { messageId });
  await expectGone([text.canary, photo.canary], ids);
});

test("a forwarded file stays on the disk until its last message is deleted", async () => {
  const { canary, file } = aDocument();
  const id = await upload(ada, group, file);
  const messageId = await sendFiles(ada, [id]);
  const forwarded = await forward(bob, messageId, await aGroup(bob, [eve]));
  // The removal of another file is done behind that of this message.
  const other = aDocument();
  const otherId = await upload(ada, group, other.file);
  const otherMessage = await sendFiles(ada, [otherId]);
  await mutate("DeleteMessage", ada, { messageId });
  await mutate("DeleteMessage", ada, { messageId: otherMessage });
  await expectGone([other.canary], [otherId]);
  expect(await filesHolding(canary)).toHaveLength(1);
  await mutate("DeleteMessage", bob, { messageId: forwarded });
  await expectGone([canary], [id]);
});

test("an erased account leaves no byte: sent, forwarded by others, not sent, not finished", async () => {
  const [zoe] = await tokenHolders(1);
  const own = await aGroup(bob, [zoe]);
  const [sent, kept, unsent, begun] = [aDocument(), await aPhoto(), aDocument(), aDocument()];
  const first = await upload(zoe, own, sent.file);
  const second = await upload(zoe, own, kept.file);
  const { message } = await send(zoe, own, "", { attachmentIds: [first, second] });
  await settled(zoe, first);
  await settled(zoe, second);
  await forward(bob, message?.id ?? "", group);
  const third = await upload(zoe, own, unsent.file);
  const { ticket } = await begin(zoe, own, begun.file);
  if (!ticket) throw new Error("the upload did not begin");
  await sendParts(ticket, begun.file.contents);
  for (const { canary } of [sent, unsent, begun])
    expect(await filesHolding(canary)).toHaveLength(1);
  await eraseIn("messaging", zoe.id);
  const canaries = [sent, kept, unsent, begun].map(({ canary }) => canary);
  await expectGone(canaries, [first, second, third, ticket.id]);
  const left = await withDatabase("messaging", (client) =>
    client.query("select id from file where owner_id = $1", [zoe.id]),
  );
  expect(left.rows).toEqual([]);
});

test("a file that is in no message after a day goes, and so do parts of an upload that nobody finishes", async () => {
  const [unsent, photo, begun, sent] = [aDocument(), await aPhoto(), aDocument(), aDocument()];
  const ids = [await upload(ada, group, unsent.file), await upload(ada, group, photo.file)];
  for (const id of ids) await settled(ada, id);
  const { ticket } = await begin(ada, group, begun.file);
  if (!ticket) throw new Error("the upload did not begin");
  await sendParts(ticket, begun.file.contents);
  const stays = await upload(ada, group, sent.file);
  await sendFiles(ada, [stays]);
  await letFilesBeSwept("messaging", [...ids, ticket.id, stays]);
  await expectGone(
    [unsent, photo, begun].map(({ canary }) => canary),
    [...ids, ticket.id],
  );
  expect(await filesHolding(sent.canary)).toHaveLength(1);
  expect(await attachments(ada, [...ids, stays])).toMatchObject([{ id: stays }]);
  // Its ticket opens nothing any more.
  const [part] = ticket.parts;
  const late = await fetch(part?.url ?? "", {
    method: "PUT",
    body: Buffer.from(begun.file.contents),
  });
  expect(late.status).toBe(404);
});
