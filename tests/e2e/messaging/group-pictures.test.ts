// Guarantees of pictures of groups, over the real store and worker: members alone see them, owners
// and admins alone send and remove them, the log tells of them, and what is replaced, removed or of
// an erased person is gone from the disk.
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, refusalOf, resultOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { connect } from "../../kit/socket.ts";
import { stack } from "../../kit/stack.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { beginGroupPicture, factsOf, sendParts } from "../../kit/uploads.ts";
import { aGroup, mutate, take, watch } from "./harness.ts";

const CREATE = operation("CreateConversationPictureUpload");
const FINISH = operation("FinishConversationPictureUpload");
const REMOVE = operation("RemoveConversationPicture");
const READ = operation("ConversationPicture");

interface Pictured {
  readonly pictureUrl: string | null;
  readonly pictureUpload: { readonly id: string; readonly state: string } | null;
}

const picture = (background: string) =>
  sharp({ create: { width: 200, height: 300, channels: 3, background } })
    .png()
    .toBuffer();

let ada: TokenHolder;
let bob: TokenHolder;
let eve: TokenHolder;
let group: string;
beforeAll(async () => {
  [ada, bob, eve] = await tokenHolders(3);
  group = await aGroup(ada, [bob]);
});

async function pictureOf({ token }: TokenHolder, id = group): Promise<Pictured | null> {
  const data = await dataOf<{ conversation: Pictured | null }>(READ, { id }, { as: token });
  return data.conversation;
}

const refusedBegin = (as: TokenHolder, contents: Buffer, conversationId = group) =>
  mutate("CreateConversationPictureUpload", as, {
    conversationId,
    file: factsOf(contents, "image/png"),
  });

const finish = (as: TokenHolder, uploadId: string) =>
  mutate("FinishConversationPictureUpload", as, { uploadId });

async function send(as: TokenHolder, background: string): Promise<Pictured> {
  const contents = await picture(background);
  const ticket = await beginGroupPicture(as, group, contents);
  await sendParts(ticket, contents);
  await finish(as, ticket.id);
  await expect
    .poll(async () => (await pictureOf(ada))?.pictureUpload?.state, { timeout: 30_000 })
    .toMatch(/READY|REFUSED/);
  return (await pictureOf(ada)) as Pictured;
}

async function onDisk(ids: readonly string[]): Promise<string[]> {
  const objects = await readdir(join(stack().dataDir, "files", "objects"), { recursive: true });
  const stored = new Set(objects.map((path) => basename(path)));
  const names = ids.flatMap((id) => ["original", "list", "screen"].map((each) => `${id}/${each}`));
  return names.filter((name) =>
    stored.has(createHash("sha256").update(`pictures/${name}`).digest("hex")),
  );
}

describe("the picture of a group", () => {
  test("is shown to members alone, and the log tells that it has changed", async () => {
    const socket = await connect({ as: bob.token });
    const stream = watch(socket, group);
    const { pictureUrl } = await send(ada, "teal");
    const response = await fetch(pictureUrl ?? "");
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/webp"]);
    const { width, height } = await sharp(await response.arrayBuffer()).metadata();
    expect(width).toBe(height);
    const [event] = await take(socket, stream, 1);
    expect(event).toMatchObject({
      __typename: "ConversationChanged",
      changedFields: ["PICTURE"],
      conversation: { pictureUrl: expect.stringContaining("http") },
    });
    socket.close();
    expect(await pictureOf(bob)).toMatchObject({
      pictureUrl: expect.stringContaining("http"),
      pictureUpload: null,
    });
    expect(await pictureOf(eve)).toBeNull();
  });

  test("is sent and removed by those who may change the group, and by nobody else", async () => {
    const contents = await picture("red");
    expect(await refusedBegin(bob, contents)).toMatchObject({
      __typename: "NotAllowedProblem",
      right: "CHANGE_DETAILS",
    });
    const refused = { conversationId: group, file: factsOf(contents, "image/png") };
    expect(await refusalOf(CREATE, { input: refused }, { as: eve.token })).toMatchObject({
      code: "NOT_FOUND",
      field: "input.conversationId",
    });
    const ticket = await beginGroupPicture(ada, group, contents);
    await sendParts(ticket, contents);
    for (const other of [bob, eve]) {
      const input = { uploadId: ticket.id };
      expect(await refusalOf(FINISH, { input }, { as: other.token })).toMatchObject({
        code: "NOT_FOUND",
      });
    }
    const input = { conversationId: group };
    expect(await resultOf(REMOVE, input, bob.token)).toMatchObject({
      __typename: "NotAllowedProblem",
    });
    expect(await refusalOf(REMOVE, { input }, { as: eve.token })).toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("of an admin who lost that role meanwhile is not shown", async () => {
    const other = await aGroup(ada, [bob]);
    const roles = (role: string) =>
      mutate("SetMemberRole", ada, { conversationId: other, userId: bob.id, role });
    await roles("ADMIN");
    const contents = await picture("black");
    const ticket = await beginGroupPicture(bob, other, contents);
    await sendParts(ticket, contents);
    await withDatabase("messaging", (client) =>
      client.query("update member set role = 'MEMBER' where user_id = $1", [bob.id]),
    );
    const input = { uploadId: ticket.id };
    expect(await refusalOf(FINISH, { input }, { as: bob.token })).toMatchObject({
      code: "NOT_FOUND",
    });
    expect((await pictureOf(ada, other))?.pictureUrl).toBeNull();
  });

  test("replaces the former one, and its bytes go, as those of a removed one do", async () => {
    group = await aGroup(ada, [bob]);
    const ids = [(await send(ada, "red")).pictureUpload?.id ?? ""];
    ids.push((await send(ada, "blue")).pictureUpload?.id ?? "");
    await expect.poll(() => onDisk(ids)).toEqual([`${ids[1]}/list`, `${ids[1]}/screen`]);
    for (const _ of [1, 2]) {
      expect(await resultOf(REMOVE, { conversationId: group }, ada.token)).toMatchObject({
        conversation: { pictureUrl: null, pictureUpload: null },
      });
    }
    await expect.poll(() => onDisk(ids)).toEqual([]);
  });

  test("of two people is none, and a page is no picture", async () => {
    const note = await dataOf<{ openNoteToSelf: { conversation: { id: string } } }>(
      operation("OpenNoteToSelf"),
      {},
      { as: ada.token },
    );
    const { id } = note.openNoteToSelf.conversation;
    expect(await refusedBegin(ada, await picture("red"), id)).toMatchObject({
      __typename: "DirectConversationProblem",
    });
    const page = factsOf(Buffer.from("<html></html>"), "text/html");
    const input = { conversationId: group, file: page };
    expect(await resultOf(CREATE, input, ada.token)).toMatchObject({
      __typename: "FileRefusedProblem",
      refusal: "UNSUPPORTED_KIND",
    });
  });
});
