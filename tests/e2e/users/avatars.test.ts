// Guarantees of people's pictures, over the real store and worker: what is shown is ours and
// square, a refused picture changes nothing, and what was replaced, removed or erased is gone from
// the disk.
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { letLeave, untilAllErased } from "../../kit/erasures.ts";
import { filesHolding, keysOnDisk } from "../../kit/stored-bytes.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import {
  beginAvatar,
  factsOf,
  finishAvatar,
  ownAvatar,
  sendAvatar,
  sendParts,
} from "../../kit/uploads.ts";

const READ = "query Avatar($id: ID!) { user(id: $id) { avatarUrl avatarUpload { state } } }";

const picture = (background: string, width = 300, height = 200) =>
  sharp({ create: { width, height, channels: 3, background } });

/** The names of the files of these uploads that are in the store. */
async function onDisk(ids: readonly string[]): Promise<string[]> {
  const names = ids.flatMap((id) => ["original", "list", "screen"].map((each) => `${id}/${each}`));
  const keys = await keysOnDisk(names.map((name) => `avatars/${name}`));
  return keys.map((key) => key.replace("avatars/", ""));
}

const remove = ({ token }: Person) => dataOf(operation("RemoveAvatar"), {}, { as: token });

describe("a picture", () => {
  test("is shown to everybody as a square of ours, without what the camera wrote", async () => {
    const [ada, grace] = [await aPerson("Ada Lovelace"), await aPerson("Grace Hopper")];
    const canary = `canary-${newId()}`;
    const photo = await picture("red")
      .withExif({ IFD0: { Copyright: canary } })
      .jpeg()
      .toBuffer();
    const { avatarUrl, avatarUpload } = await sendAvatar(ada, photo, "image/jpeg");
    expect(avatarUpload).toMatchObject({ state: "READY", refusal: null });
    const response = await fetch(avatarUrl ?? "");
    const headers = ["content-type", "x-content-type-options"].map((each) =>
      response.headers.get(each),
    );
    expect([response.status, ...headers]).toEqual([200, "image/webp", "nosniff"]);
    const { width, height, exif } = await sharp(await response.arrayBuffer()).metadata();
    expect([width, height, exif]).toEqual([200, 200, undefined]);
    const shown = await dataOf<{ user: { avatarUrl: string; avatarUpload: null } }>(
      READ,
      { id: ada.id },
      { as: grace.token },
    );
    expect(shown.user.avatarUpload).toBeNull();
    expect((await fetch(shown.user.avatarUrl)).status).toBe(200);
    await expect.poll(() => filesHolding(canary)).toEqual([]);
  });

  test("replaces the former one, whose bytes go, and so do those of a removed one", async () => {
    const ada = await aPerson("Ada Lovelace");
    const first = await sendAvatar(ada, await picture("red").png().toBuffer());
    const second = await sendAvatar(ada, await picture("blue").png().toBuffer());
    const ids = [first, second].map(({ avatarUpload }) => avatarUpload?.id ?? "");
    expect(second.avatarUrl).not.toBe(first.avatarUrl);
    await expect.poll(() => onDisk(ids)).toEqual([`${ids[1]}/list`, `${ids[1]}/screen`]);
    await remove(ada);
    await remove(ada);
    expect(await ownAvatar(ada)).toMatchObject({ avatarUrl: null, avatarUpload: null });
    await expect.poll(() => onDisk(ids)).toEqual([]);
    expect((await fetch(second.avatarUrl ?? "")).status).toBe(404);
  });

  test("that is refused changes nothing, and says why", async () => {
    const ada = await aPerson("Ada Lovelace");
    const { avatarUrl } = await sendAvatar(ada, await picture("red").png().toBuffer());
    const page = Buffer.from("<html><script>alert(1)</script></html>");
    const refused = await sendAvatar(ada, page);
    expect(refused.avatarUpload).toMatchObject({ state: "REFUSED", refusal: "KIND_MISMATCH" });
    expect(refused.avatarUrl).toBe(avatarUrl);
    await expect.poll(() => onDisk([refused.avatarUpload?.id ?? ""])).toEqual([]);
  });

  test("that was begun earlier does not replace a later one", async () => {
    const ada = await aPerson("Ada Lovelace");
    const contents = await picture("red").png().toBuffer();
    const earlier = await beginAvatar(ada, contents);
    const later = await sendAvatar(ada, await picture("blue").png().toBuffer());
    await sendParts(earlier, contents);
    await finishAvatar(ada, earlier.id);
    await expect.poll(() => onDisk([earlier.id])).toEqual([]);
    expect((await ownAvatar(ada)).avatarUrl).toBe(later.avatarUrl);
  });
});

describe("an upload", () => {
  test.each([
    ["image/svg+xml", 100, { refusal: "UNSUPPORTED_KIND", bytesMax: null }],
    ["application/pdf", 100, { refusal: "UNSUPPORTED_KIND", bytesMax: null }],
    ["image/png", 10_000_001, { refusal: "TOO_LARGE", bytesMax: 10_000_000 }],
  ])("of %s with %i bytes does not begin", async (contentType, bytes, facts) => {
    const ada = await aPerson("Ada Lovelace");
    const input = { file: { ...factsOf(Buffer.from("x"), contentType), bytes } };
    const answer = await dataOf(operation("CreateAvatarUpload"), { input }, { as: ada.token });
    expect(answer).toMatchObject({
      createAvatarUpload: { __typename: "FileRefusedProblem", ...facts },
    });
    expect(await ownAvatar(ada)).toMatchObject({ avatarUpload: null });
  });

  test("with a part missing is not finished, and goes on with its ticket", async () => {
    const ada = await aPerson("Ada Lovelace");
    const contents = await picture("red").png().toBuffer();
    const ticket = await beginAvatar(ada, contents);
    expect(await finishAvatar(ada, ticket.id)).toBe("UploadIncompleteProblem");
    await sendParts(ticket, contents);
    expect(await finishAvatar(ada, ticket.id)).toBe("FinishAvatarUploadSuccess");
    expect(await finishAvatar(ada, ticket.id)).toBe("FinishAvatarUploadSuccess");
  });

  test("of another person does not exist, as one of nobody", async () => {
    const [ada, grace] = [await aPerson("Ada Lovelace"), await aPerson("Grace Hopper")];
    const { id } = await beginAvatar(ada, await picture("red").png().toBuffer());
    const finish = (uploadId: string) =>
      ask(operation("FinishAvatarUpload"), { input: { uploadId } }, { as: grace.token });
    for (const uploadId of [id, newId(), "x"]) {
      const { errors } = await finish(uploadId);
      expect(errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND" });
    }
  });
});

test("an erased account leaves no picture on the disk, whatever it had begun", async () => {
  const ada = await aPerson("Ada Lovelace");
  const canary = `canary-${newId()}`;
  const contents = await picture("red")
    .withExif({ IFD0: { Copyright: canary } })
    .png()
    .toBuffer();
  const shown = await sendAvatar(ada, contents);
  const begun = await beginAvatar(ada, contents);
  await sendParts(begun, contents);
  const ids = [begun.id, shown.avatarUpload?.id ?? ""];
  await expect.poll(() => onDisk(ids)).toHaveLength(2);
  expect(await filesHolding(canary)).toHaveLength(1);
  const input = { password: ada.password };
  await dataOf(operation("DeleteAccount"), { input }, { as: ada.token });
  await letLeave(ada.id);
  await untilAllErased(ada.id);
  await expect.poll(() => onDisk(ids)).toEqual([]);
  await expect.poll(() => filesHolding(canary)).toEqual([]);
  const left = await withDatabase("users", (client) =>
    client.query("select id from file where owner_id = $1", [ada.id]),
  );
  expect(left.rows).toEqual([]);
  const [part] = begun.parts;
  const late = await fetch(part?.url ?? "", { method: "PUT", body: Buffer.from(contents) });
  expect(late.status).toBe(404);
});
