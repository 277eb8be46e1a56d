// An erased account is forgotten: its suggestions, answers, matches and words go for both sides,
// and nothing that comes late brings it back.
import { describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { ask, dataOf, refusalOf } from "../../kit/client.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import { eraseIn, tellErasure, tellFact, untilErased } from "../../kit/erasures.ts";
import {
  ANSWER,
  answer,
  aPairWithOneSkill,
  match,
  SUGGESTIONS,
  suggestionOf,
} from "../../kit/pairs.ts";
import { placesOf } from "../../kit/places.ts";
import { connect } from "../../kit/socket.ts";

const NO_EDGES = { edges: [], pageInfo: expect.anything() };

describe("an erased account", () => {
  test("leaves no match and no suggestion, and the stream of the other tells a match without it", async () => {
    const { people } = await aPairWithOneSkill();
    const [ada, grace] = people;
    await match(people);
    await eraseIn("matching", ada.id);
    const as = { as: grace.token };
    expect(await dataOf(operation("Matches"), {}, as)).toMatchObject({ matches: { edges: [] } });
    expect(await dataOf(SUGGESTIONS, {}, as)).toMatchObject({ matchSuggestions: NO_EDGES });
    const socket = await connect(as);
    const created = socket.subscribe(operation("MatchCreated"), { after: 0 });
    expect(await socket.event(created)).toMatchObject({
      matchCreated: { seq: 1, prevSeq: 0, match: { users: [{ id: grace.id }] } },
    });
    socket.close();
  });

  test("leaves nothing but its id in the outbox: not even a word that it used before", async () => {
    const { people } = await aPairWithOneSkill();
    const [ada, grace] = people;
    // Without hyphens, which canonical keys leave out.
    const word = `word${newId().replaceAll("-", "")}`;
    const profile = async (input: object) =>
      dataOf(operation("UpdateProfile"), { input }, { as: ada.token });
    await profile({ skills: [word], location: word, interests: [word] });
    await untilRows("matching", "select from person where location = $1", [word], 1);
    await profile({ skills: ["Go"], location: null });
    await untilRows(
      "matching",
      "select from person where skills = '{Go}' and id = $1",
      [ada.id],
      1,
    );
    await answer(grace, await suggestionOf(grace)).catch(() => undefined);
    expect(await placesOf("matching", word)).toContain("topic_use.topic");
    await tellFact("users.block.changed.v1", `${ada.id}:${newId()}`, {
      blockerId: ada.id,
      blockedId: newId(),
      isBlocked: true,
    });
    await withDatabase("matching", (client) =>
      client.query(
        `insert into dead_letter (source, position, topic, key, version, payload, error, created_at)
         values ('users', 1, 'users.profile.changed.v1', $1, 1, $2, 'failed', now())`,
        [ada.id, JSON.stringify({ userId: ada.id, location: word })],
      ),
    );
    await eraseIn("matching", ada.id);
    expect(await placesOf("matching", word)).toEqual([]);
    expect(await placesOf("matching", ada.id)).toEqual([
      "erasure.user_id",
      "outbox.key",
      "outbox.payload",
    ]);
  });

  test("cannot be answered, however many answers come at once with the erasure", async () => {
    const { people } = await aPairWithOneSkill();
    const [ada, grace] = people;
    const suggestionId = await suggestionOf(grace);
    const answering = () =>
      ask(ANSWER, { input: { suggestionId, answer: "ACCEPT" } }, { as: grace.token });
    const erasing = tellErasure(ada.id);
    await Promise.all(Array.from({ length: 20 }, answering));
    await untilErased("matching", await erasing);
    expect(await placesOf("matching", ada.id)).not.toContain("answer.user_id");
    const input = { suggestionId, answer: "ACCEPT" };
    expect(await refusalOf(ANSWER, { input }, { as: grace.token })).toMatchObject({
      code: "NOT_FOUND",
    });
  });

  test("stores nothing with a token that is still valid", async () => {
    const { people } = await aPairWithOneSkill();
    const [ada] = people;
    const suggestionId = await suggestionOf(ada);
    await eraseIn("matching", ada.id);
    const as = { as: ada.token };
    expect(await dataOf(SUGGESTIONS, {}, as)).toMatchObject({ matchSuggestions: NO_EDGES });
    const input = { suggestionId, answer: "ACCEPT" };
    expect(await refusalOf(ANSWER, { input }, as)).toMatchObject({ code: "NOT_FOUND" });
    expect(await placesOf("matching", ada.id)).not.toContain("stream.id");
    expect(await placesOf("matching", ada.id)).not.toContain("match_run.person_id");
  });

  test("is not brought back by events that come late", async () => {
    const { people, eventId } = await aPairWithOneSkill();
    const [ada, grace] = people;
    await eraseIn("matching", ada.id);
    const profile = { location: "Berlin", languages: [], skills: [], interests: [], intents: [] };
    await tellFact("users.profile.changed.v1", ada.id, { userId: ada.id, ...profile });
    const registration = { eventId, attendeeId: ada.id, status: "CONFIRMED", partySize: 1 };
    const ids = [newId(), newId()];
    const [late, behind] = ids;
    const told = "events.registration.changed.v1";
    await tellFact(told, late ?? "", { ...registration, registrationId: late });
    const other = { ...registration, registrationId: behind, attendeeId: grace.id };
    await tellFact(told, behind ?? "", other);
    await untilRows("matching", "select from registration where id = any($1)", [ids], 1);
    await eraseIn("matching", newId());
    expect(await placesOf("matching", ada.id)).not.toContain("person.id");
    expect(await placesOf("matching", ada.id)).not.toContain("registration.person_id");
  });
});
