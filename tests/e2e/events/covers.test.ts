// Guarantees of covers of events, over the real store and worker: what is shown is ours and 16:9,
// only those who may edit the event send and remove it, a draft's is shown with it alone, and what
// was replaced or removed is gone from the disk.
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf, refusalOf, resultOf } from "../../kit/client.ts";
import { untilRows } from "../../kit/database.ts";
import { anEvent, aPerson, aTokenHolder, tokenHolders } from "../../kit/stories.ts";
import {
  beginCover,
  coverOf,
  factsOf,
  finishCover,
  sendCover,
  sendParts,
} from "../../kit/uploads.ts";
import { addHost, onDisk, picture } from "./covering.ts";

const CREATE = operation("CreateCoverUpload");
const REMOVE = operation("RemoveCover");
const PUBLIC = "query Cover($id: ID!) { event(id: $id) { coverUrl coverUpload { state } } }";

describe("a cover", () => {
  test("of a published event is shown to everybody, 16:9 and without what the camera wrote", async () => {
    const organizer = await aTokenHolder();
    const eventId = await anEvent(organizer.token);
    const photo = await sharp(await picture("red"))
      .withExif({ IFD0: { Copyright: "somebody" } })
      .jpeg()
      .toBuffer();
    const { coverUrl, coverUpload } = await sendCover(organizer, eventId, photo, "image/jpeg");
    expect(coverUpload).toMatchObject({ state: "READY", refusal: null });
    const response = await fetch(coverUrl ?? "");
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/webp"]);
    const { width, height, exif } = await sharp(await response.arrayBuffer()).metadata();
    expect([width, height, exif]).toEqual([320, 180, undefined]);
    const seen = await dataOf<{ event: { coverUrl: string; coverUpload: null } }>(PUBLIC, {
      id: eventId,
    });
    expect(seen.event.coverUpload).toBeNull();
    expect((await fetch(seen.event.coverUrl)).status).toBe(200);
  });

  test("of a draft is shown with the draft alone, by an address that ends after minutes", async () => {
    const [organizer, stranger] = await tokenHolders(2);
    const eventId = await anEvent(organizer.token, { isDraft: true });
    const { coverUrl } = await sendCover(organizer, eventId, await picture("red"));
    expect(await coverOf(stranger, eventId)).toBeNull();
    const secondsOf = (url: string | null | undefined) =>
      Number(new URL(url ?? "").searchParams.get("X-Amz-Expires"));
    expect(secondsOf(coverUrl)).toBe(600);
    await resultOf(operation("PublishEvent"), { eventId }, organizer.token);
    expect(secondsOf((await coverOf(stranger, eventId))?.coverUrl)).toBe(86_400);
  });

  test("replaces the former one, whose bytes go, and so do those of a removed one", async () => {
    const organizer = await aTokenHolder();
    const eventId = await anEvent(organizer.token);
    const first = await sendCover(organizer, eventId, await picture("red"));
    const second = await sendCover(organizer, eventId, await picture("blue"));
    const ids = [first, second].map(({ coverUpload }) => coverUpload?.id ?? "");
    await expect.poll(() => onDisk(ids)).toEqual([`${ids[1]}/list`, `${ids[1]}/screen`]);
    for (const _ of [1, 2]) {
      expect(await resultOf(REMOVE, { eventId }, organizer.token)).toMatchObject({
        event: { coverUrl: null, coverUpload: null },
      });
    }
    await expect.poll(() => onDisk(ids)).toEqual([]);
  });

  test("that is refused changes nothing, and says why", async () => {
    const organizer = await aTokenHolder();
    const eventId = await anEvent(organizer.token);
    const { coverUrl } = await sendCover(organizer, eventId, await picture("red"));
    const page = Buffer.from("<html><script>alert(1)</script></html>");
    const refused = await sendCover(organizer, eventId, page);
    expect(refused.coverUpload).toMatchObject({ state: "REFUSED", refusal: "KIND_MISMATCH" });
    expect(refused.coverUrl).toBe(coverUrl);
  });

  test("that was begun earlier does not replace a later one", async () => {
    const organizer = await aTokenHolder();
    const eventId = await anEvent(organizer.token);
    const contents = await picture("red");
    const earlier = await beginCover(organizer, eventId, contents);
    const later = await sendCover(organizer, eventId, await picture("blue"));
    await sendParts(earlier, contents);
    await finishCover(organizer, earlier.id);
    await expect.poll(() => onDisk([earlier.id])).toEqual([]);
    expect((await coverOf(organizer, eventId))?.coverUrl).toBe(later.coverUrl);
  });

  test("is no change of the event's texts: their editor is not told to look again", async () => {
    const organizer = await aTokenHolder();
    const eventId = await anEvent(organizer.token);
    await sendCover(organizer, eventId, await picture("red"));
    const change = { eventId, expectedVersion: 2, title: "Another title" };
    expect(await resultOf(operation("UpdateEvent"), change, organizer.token)).toMatchObject({
      event: { title: "Another title" },
    });
  });
});

describe("a cover is sent and removed", () => {
  test("by hosts who may edit the event, and by no other host", async () => {
    const [organizer, editor, doorkeeper] = await Promise.all([
      aPerson("Ada"),
      aPerson("Grace"),
      aPerson("Joan"),
    ]);
    const eventId = await anEvent(organizer.token, { isDraft: true });
    await addHost(organizer, eventId, editor, ["EDIT"]);
    await addHost(organizer, eventId, doorkeeper, ["CHECK_IN", "SEE_PEOPLE"]);
    const { coverUrl } = await sendCover(editor, eventId, await picture("red"));
    expect(await coverOf(doorkeeper, eventId)).toEqual({
      id: eventId,
      coverUrl,
      coverUpload: null,
    });
    const file = factsOf(Buffer.from("x"), "image/png");
    for (const { token } of [doorkeeper, await aTokenHolder()]) {
      for (const id of [eventId, eventId.toUpperCase()]) {
        expect(await refusalOf(CREATE, { input: { eventId: id, file } }, { as: token })).toEqual(
          expect.objectContaining({ code: "NOT_FOUND", field: "input.eventId" }),
        );
      }
      expect(await refusalOf(REMOVE, { input: { eventId } }, { as: token })).toMatchObject({
        code: "NOT_FOUND",
      });
    }
    const { id: uploadId } = await beginCover(editor, eventId, await picture("blue"));
    const finish = { input: { uploadId } };
    for (const { token } of [organizer, doorkeeper]) {
      const { errors } = await ask(operation("FinishCoverUpload"), finish, { as: token });
      expect(errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND" });
    }
    await resultOf(operation("RemoveHost"), { eventId, userId: editor.id }, organizer.token);
    const { errors } = await ask(operation("FinishCoverUpload"), finish, { as: editor.token });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND" });
  });

  test("at no cancelled event", async () => {
    const organizer = await aTokenHolder();
    const eventId = await anEvent(organizer.token);
    const { coverUrl } = await sendCover(organizer, eventId, await picture("red"));
    const contents = await picture("blue");
    const begun = await beginCover(organizer, eventId, contents);
    await resultOf(operation("CancelEvent"), { eventId, reason: "Rain" }, organizer.token);
    const file = factsOf(contents, "image/png");
    const problem = { __typename: "EventCancelledProblem", cancelledAt: expect.any(String) };
    expect(await resultOf(CREATE, { eventId, file }, organizer.token)).toMatchObject(problem);
    expect(await resultOf(REMOVE, { eventId }, organizer.token)).toMatchObject(problem);
    await sendParts(begun, contents);
    await finishCover(organizer, begun.id);
    await untilRows("events", "select from file where id = $1", [begun.id], 0);
    expect((await coverOf(organizer, eventId))?.coverUrl).toBe(coverUrl);
  });

  test.each([
    ["image/svg+xml", 100, { refusal: "UNSUPPORTED_KIND", bytesMax: null }],
    ["audio/mpeg", 100, { refusal: "UNSUPPORTED_KIND", bytesMax: null }],
    ["image/png", 10_000_001, { refusal: "TOO_LARGE", bytesMax: 10_000_000 }],
  ])("not as %s with %i bytes", async (contentType, bytes, facts) => {
    const organizer = await aTokenHolder();
    const eventId = await anEvent(organizer.token);
    const file = { ...factsOf(Buffer.from("x"), contentType), bytes };
    expect(await resultOf(CREATE, { eventId, file }, organizer.token)).toMatchObject({
      __typename: "FileRefusedProblem",
      ...facts,
    });
  });
});

test("an upload that does not exist, and one with a part missing, are not finished", async () => {
  const organizer = await aTokenHolder();
  const eventId = await anEvent(organizer.token);
  for (const uploadId of [newId(), "x"]) {
    const finish = { input: { uploadId } };
    const { errors } = await ask(operation("FinishCoverUpload"), finish, { as: organizer.token });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "NOT_FOUND" });
  }
  const contents = await picture("red");
  const ticket = await beginCover(organizer, eventId, contents);
  expect(await finishCover(organizer, ticket.id)).toBe("UploadIncompleteProblem");
  await sendParts(ticket, contents);
  for (const _ of [1, 2]) {
    expect(await finishCover(organizer, ticket.id)).toBe("FinishCoverUploadSuccess");
  }
});
