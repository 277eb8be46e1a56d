// Guarantees of the ends of covers: events that were made like others share them, and nothing is
// left on the disk of a deleted draft or an erased account.
import { describe, expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf, resultOf } from "../../kit/client.ts";
import { withDatabase } from "../../kit/database.ts";
import { eraseIn } from "../../kit/erasures.ts";
import { anEvent, aPerson, aTokenHolder } from "../../kit/stories.ts";
import { beginCover, coverOf, sendCover, sendParts } from "../../kit/uploads.ts";
import { addHost, onDisk, picture } from "./covering.ts";

const REMOVE = operation("RemoveCover");
const PUBLIC = "query Cover($id: ID!) { event(id: $id) { coverUrl coverUpload { state } } }";

describe("an event that was made like another one", () => {
  test("has its cover at once, and keeps it when the other one loses it", async () => {
    const organizer = await aTokenHolder();
    const eventId = await anEvent(organizer.token);
    const { coverUrl, coverUpload } = await sendCover(organizer, eventId, await picture("red"));
    const ids = [coverUpload?.id ?? ""];
    const startsAt = new Date(Date.now() + 7 * 86_400_000).toISOString();
    const duplicate = `mutation Like($input: DuplicateEventInput!) { duplicateEvent(input: $input) {
      ... on DuplicateEventSuccess { event { id coverUrl(size: SCREEN) } } } }`;
    type Made = { duplicateEvent: { event: { id: string; coverUrl: string } } };
    const variables = { input: { eventId, startsAt } };
    const as = { as: organizer.token };
    const { duplicateEvent: made } = await dataOf<Made>(duplicate, variables, as);
    expect(new URL(made.event.coverUrl).pathname).toBe(new URL(coverUrl ?? "").pathname);
    await resultOf(REMOVE, { eventId }, organizer.token);
    expect((await coverOf(organizer, made.event.id))?.coverUrl).not.toBeNull();
    expect(await onDisk(ids)).toHaveLength(2);
    await resultOf(operation("DeleteEvent"), { eventId: made.event.id }, organizer.token);
    await expect.poll(() => onDisk(ids)).toEqual([]);
  });
});

describe("nothing is left on the disk", () => {
  test("of a draft that is deleted, whatever was begun for it", async () => {
    const organizer = await aTokenHolder();
    const eventId = await anEvent(organizer.token, { isDraft: true });
    const { coverUpload } = await sendCover(organizer, eventId, await picture("red"));
    const contents = await picture("blue");
    const begun = await beginCover(organizer, eventId, contents);
    await resultOf(operation("DeleteEvent"), { eventId }, organizer.token);
    await expect.poll(() => onDisk([coverUpload?.id ?? "", begun.id])).toEqual([]);
    const late = await fetch(begun.parts[0]?.url ?? "", {
      method: "PUT",
      body: new Uint8Array(contents),
    });
    expect(late.status).toBe(404);
  });

  test("of an erased account, whose covers go from published events and those of others too", async () => {
    const [ada, grace] = [await aPerson("Ada"), await aPerson("Grace")];
    const own = await anEvent(ada.token);
    const other = await anEvent(grace.token);
    await addHost(grace, other, ada, ["EDIT"]);
    const covers = [];
    for (const eventId of [own, other]) {
      covers.push(await sendCover(ada, eventId, await picture("red")));
    }
    const contents = await picture("blue");
    const begun = await beginCover(ada, own, contents);
    await sendParts(begun, contents);
    const ids = [begun.id, ...covers.map(({ coverUpload }) => coverUpload?.id ?? "")];
    await eraseIn("events", ada.id);
    await expect.poll(() => onDisk(ids)).toEqual([]);
    for (const id of [own, other]) {
      expect(await dataOf(PUBLIC, { id })).toEqual({
        event: { coverUrl: null, coverUpload: null },
      });
    }
    const { rows } = await withDatabase("events", (client) =>
      client.query("select from file where owner_id = $1", [ada.id]),
    );
    expect(rows).toEqual([]);
  });
});
