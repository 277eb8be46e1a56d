// Guarantees about files in messages: only those who see the message read them, each is sent once,
// and their bytes go with the message.
import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import { makeStrangers } from "../../kit/acquaintances.ts";
import { untilRows } from "../../kit/database.ts";
import { connect } from "../../kit/socket.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { sendParts } from "../../kit/uploads.ts";
import { attachments, begin, follow, settled, upload } from "./attaching.ts";
import { aGroup, codeOf, mutate, read, send, take, watch } from "./harness.ts";

let photo: { contents: Uint8Array; contentType: string; fileName: string };
const plan = {
  contents: new TextEncoder().encode("The plan of Ada"),
  contentType: "text/plain",
  fileName: "plan.txt",
};

beforeAll(async () => {
  const create = { width: 900, height: 600, channels: 3, background: "teal" } as const;
  const contents = await sharp({ create }).png().toBuffer();
  photo = { contents, contentType: "image/png", fileName: "photo.png" };
});

let ada: TokenHolder;
let bob: TokenHolder;
let eve: TokenHolder;
let group: string;
beforeAll(async () => {
  [ada, bob, eve] = await tokenHolders(3);
  group = await aGroup(ada, [bob]);
});

/** A message with files, which must be accepted. */
async function sendFiles(as: TokenHolder, ids: readonly string[], body = "") {
  const { message } = await send(as, group, body, { attachmentIds: ids });
  if (!message) throw new Error("the message was not accepted");
  return message;
}

test("a picture can be sent at once, is told when it can be read, and is read by members alone", async () => {
  const socket = await connect({ as: bob.token });
  const stream = watch(socket, group);
  const id = await upload(ada, group, photo);
  const { id: messageId } = await sendFiles(ada, [id], "Look");
  const node = async () =>
    (await read(bob, group))?.messages.edges.find((edge) => edge.node.id === messageId)?.node;
  await expect.poll(async () => (await node())?.attachments?.[0]?.state).toBe("READY");
  expect((await node())?.attachments).toMatchObject([
    { id, kind: "IMAGE", fileName: "photo.png", width: 900, height: 600 },
  ]);
  // Usually it is sent before it has been looked at.
  for (let state = ""; state !== "READY"; ) {
    const [event] = await take(socket, stream, 1);
    expect(["MessageSent", "AttachmentSettled"]).toContain(event?.__typename);
    expect(event?.message?.id).toBe(messageId);
    state = event?.message?.attachments?.[0]?.state ?? "";
  }
  socket.close();
  const [his] = await attachments(bob, [id]);
  const { status, bytes, headers } = await follow(his?.link ?? never());
  expect(status).toBe(200);
  expect((await sharp(bytes).metadata()).format).toBe("webp");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect((await sharp((await follow(his?.preview ?? never())).bytes).metadata()).width).toBe(480);
  expect((await follow(his?.link ?? never(), false)).status).toBe(403);
  expect(await attachments(eve, [id])).toEqual([]);
});

function never(): never {
  throw new Error("there is no link");
}

test("a document comes as it is and as a file, and goes with its message", async () => {
  const id = await upload(ada, group, plan);
  const { id: messageId } = await sendFiles(ada, [id]);
  const { link } = await settled(bob, id);
  const { bytes, headers } = await follow(link ?? never());
  expect(new TextDecoder().decode(bytes)).toBe("The plan of Ada");
  expect(headers.get("content-disposition")).toContain("attachment");
  expect(headers.get("content-disposition")).toContain("plan.txt");
  await mutate("DeleteMessage", ada, { messageId });
  expect(await attachments(ada, [id])).toEqual([]);
  await expect.poll(async () => (await follow(link ?? never())).status).toBe(404);
});

test("a removed member reads no attachment any more", async () => {
  const other = await aGroup(ada, [eve]);
  const id = await upload(ada, other, plan);
  await send(ada, other, "", { attachmentIds: [id] });
  expect(await attachments(eve, [id])).toHaveLength(1);
  await mutate("RemoveMember", ada, { conversationId: other, userId: eve.id });
  expect(await attachments(eve, [id])).toEqual([]);
});

test("a file goes into one message of its sender and conversation, whatever replica is asked", async () => {
  const id = await upload(ada, group, plan);
  const refused = async (as: TokenHolder, to: string) =>
    (await send(as, to, "", { attachmentIds: [id] })).__typename;
  expect(await refused(bob, group)).toBe("AttachmentNotUsableProblem");
  expect(await refused(ada, await aGroup(ada, [bob]))).toBe("AttachmentNotUsableProblem");
  // Sends of one replica are judged in one statement when they arrive together.
  for (const routers of [
    [0, 1, 0, 1],
    [0, 0, 0, 0],
    [1, 1, 1, 1],
  ]) {
    const fileId = await upload(ada, group, plan);
    const files = { attachmentIds: [fileId] };
    const sent = await Promise.all(routers.map((router) => send(ada, group, "", files, router)));
    const accepted = sent.filter(({ __typename }) => __typename === "SendMessageSuccess");
    expect(accepted).toHaveLength(1);
  }
});

test("a file that is in no message is cancelled by its sender, arrived or not, and its room is free", async () => {
  const sent = await upload(ada, group, plan);
  const { ticket } = await begin(ada, group, plan);
  const begun = ticket?.id ?? "";
  const cancel = (as: TokenHolder, uploadId: string) =>
    codeOf("CancelAttachmentUpload", as, { uploadId });
  for (const id of [sent, begun]) {
    expect(await cancel(bob, id)).toBe("NOT_FOUND");
    expect(await mutate("CancelAttachmentUpload", ada, { uploadId: id })).toMatchObject({
      __typename: "CancelAttachmentUploadSuccess",
    });
    expect(await cancel(ada, id)).toBe("NOT_FOUND");
    expect((await send(ada, group, "", { attachmentIds: [id] })).__typename).toBe(
      "AttachmentNotUsableProblem",
    );
  }
  await untilRows("messaging", "select from file where id = any($1)", [[sent, begun]], 0);
  const used = await upload(ada, group, plan);
  await sendFiles(ada, [used]);
  expect(await mutate("CancelAttachmentUpload", ada, { uploadId: used })).toMatchObject({
    __typename: "AttachmentNotUsableProblem",
  });
  expect(await attachments(bob, [used])).toHaveLength(1);
});

test("a file that is not what it says is refused, and can be sent no more", async () => {
  const id = await upload(ada, group, { ...plan, contentType: "image/png" });
  expect(await settled(ada, id)).toMatchObject({ state: "REFUSED", link: null });
  const { __typename } = await send(ada, group, "", { attachmentIds: [id] });
  expect(__typename).toBe("AttachmentNotUsableProblem");
});

test("an upload without its parts says which are missing, and goes on", async () => {
  const { ticket } = await begin(ada, group, plan);
  const uploadId = ticket?.id ?? "";
  const first = await mutate("FinishAttachmentUpload", ada, { uploadId });
  expect(first).toMatchObject({ __typename: "UploadIncompleteProblem" });
  await sendParts(
    (first as unknown as { ticket: Parameters<typeof sendParts>[0] }).ticket,
    plan.contents,
  );
  const { __typename } = await mutate("FinishAttachmentUpload", ada, { uploadId });
  expect(__typename).toBe("FinishAttachmentUploadSuccess");
  expect(await codeOf("FinishAttachmentUpload", bob, { uploadId })).toBe("NOT_FOUND");
});

test("a forwarded file stays when the message is deleted from which it came", async () => {
  const id = await upload(ada, group, plan);
  const { id: messageId } = await sendFiles(ada, [id]);
  await settled(ada, id);
  const to = await aGroup(bob, [eve]);
  const wish = { messageId, conversationId: to, clientMessageId: "f" };
  const forwarded = await mutate("ForwardMessage", bob, wish);
  expect(forwarded.message).toMatchObject({ body: "" });
  await mutate("DeleteMessage", ada, { messageId });
  const [hers] = await attachments(eve, [id]);
  expect((await follow(hers?.link ?? never())).status).toBe(200);
});

test("an empty message, a file twice and a wrong name are bad input", async () => {
  expect(
    await codeOf("SendMessage", ada, { conversationId: group, body: " ", clientMessageId: "e" }),
  ).toBe("BAD_USER_INPUT");
  const id = await upload(ada, group, plan);
  const twice = { conversationId: group, body: "", clientMessageId: "t", attachmentIds: [id, id] };
  expect(await codeOf("SendMessage", ada, twice)).toBe("BAD_USER_INPUT");
  const file = { fileName: "../plan", contentType: "text/plain", bytes: 1, sha256: "0".repeat(64) };
  const wrong = { conversationId: group, file };
  expect(await codeOf("CreateAttachmentUpload", ada, wrong)).toBe("BAD_USER_INPUT");
});

test("a program is refused before it is sent, and so is a stranger's file", async () => {
  const program = { ...plan, contentType: "application/x-msdownload" };
  expect((await begin(ada, group, program)).__typename).toBe("FileRefusedProblem");
  expect(
    await codeOf("CreateAttachmentUpload", eve, {
      conversationId: group,
      file: { contentType: "text/plain", bytes: 1, sha256: "0".repeat(64) },
    }),
  ).toBe("NOT_FOUND");
  const [zoe] = await tokenHolders(1);
  await makeStrangers([zoe]);
  const { conversation } = await mutate("OpenDirectConversation", zoe, { userId: ada.id });
  const asked = await begin(zoe, conversation?.id ?? "", plan);
  expect(asked.__typename).toBe("MessageRequestPendingProblem");
});
