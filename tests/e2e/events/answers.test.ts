// Answers of registered people: who gives, changes and reads them.
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { withDatabase } from "../../kit/database.ts";
import { connect } from "../../kit/socket.ts";
import { namedPeople, type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { anAskingEvent, answersSeenBy, ask, own } from "./asking.ts";

describe("answers", () => {
  test("that are required must be there, and problems name the questions", async () => {
    const [olga, ada] = await tokenHolders(2);
    const { eventId, diet, days } = await anAskingEvent(olga);
    const refused = await ask("RegisterForEvent", ada, {
      eventId,
      answers: [{ questionId: days.id, choices: ["Never"] }],
    });
    expect(refused).toMatchObject({
      __typename: "InvalidAnswersProblem",
      violations: [
        { questionId: days.id, rule: "UNKNOWN_OPTION" },
        { questionId: diet.id, rule: "REQUIRED" },
      ],
    });
    expect(await answersSeenBy(olga, eventId)).toEqual([]);
  });

  test("are read by the person and by those who see people, and by nobody else", async () => {
    const [olga, ada, host, editor] = await namedPeople(4);
    const { eventId, diet } = await anAskingEvent(olga);
    const answers = [{ questionId: diet.id, text: "nuts" }];
    await ask("RegisterForEvent", ada, { eventId, answers });
    for (const [{ id: userId }, rights] of [
      [host, ["SEE_PEOPLE"]],
      [editor, ["EDIT", "CHECK_IN"]],
    ] as const) {
      await ask("AddHost", olga, { eventId, userId, rights });
    }
    const seen = [[expect.objectContaining({ text: "nuts" })]];
    expect(await answersSeenBy(olga, eventId)).toEqual(seen);
    expect(await answersSeenBy(host, eventId)).toEqual(seen);
    expect(await answersSeenBy(editor, eventId)).toBeUndefined();
    expect(await own(ada, eventId)).toMatchObject({
      event: { viewerRegistration: { answers: [{ text: "nuts" }] } },
    });
  });

  test("are in no stream and no integration event, except where their reader selects them", async () => {
    const [olga, ada] = await tokenHolders(2);
    const { eventId, diet } = await anAskingEvent(olga);
    const socket = await connect({ as: olga.token });
    const id = socket.subscribe(
      `subscription($eventId: ID!) { registrationUpdated(eventId: $eventId, after: 0) {
        registration { answers { text } } } }`,
      { eventId },
    );
    const secret = randomUUID();
    await ask("RegisterForEvent", ada, {
      eventId,
      answers: [{ questionId: diet.id, text: secret }],
    });
    expect(await socket.event(id)).toEqual({
      registrationUpdated: { registration: { answers: [{ text: secret }] } },
    });
    socket.close();
    const found = await withDatabase("events", async (client) => {
      const { rows } = await client.query(
        `select 1 from stream_entry where payload::text like $1
         union all select 1 from outbox where payload::text like $1
         union all select 1 from registration r where r::text like $1`,
        [`%${secret}%`],
      );
      return rows;
    });
    expect(found).toEqual([]);
  });

  test("are changed by the person until the event begins, and told without their text", async () => {
    const [olga, ada, bob] = await tokenHolders(3);
    const { eventId, diet, days } = await anAskingEvent(olga);
    const input = { eventId, answers: [{ questionId: diet.id, text: "nuts" }] };
    const { registration } = (await ask("RegisterForEvent", ada, input)) as unknown as {
      registration: { id: string };
    };
    const registrationId = registration.id;
    const answers = [
      { questionId: days.id, choices: ["One", "Two"] },
      { questionId: diet.id, text: "eggs" },
    ];
    const change = (person: TokenHolder) =>
      ask("ChangeAnswers", person, { registrationId, answers });
    for (const stranger of [olga, bob]) {
      expect((await change(stranger)).error).toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await change(ada)).toMatchObject({
      registration: {
        answers: [
          { text: "eggs", choices: [], question: { id: diet.id } },
          { text: null, choices: ["One", "Two"], question: { id: days.id } },
        ],
      },
    });
    const empty = await ask("ChangeAnswers", ada, { registrationId, answers: [] });
    expect(empty).toMatchObject({ violations: [{ questionId: diet.id, rule: "REQUIRED" }] });
    await withDatabase("events", (client) =>
      client.query("update event set starts_at = now() where id = $1", [eventId]),
    );
    expect(await change(ada)).toMatchObject({ __typename: "AnswersClosedProblem" });
    expect(await answersSeenBy(olga, eventId)).toMatchObject([[{ text: "eggs" }, {}]]);
  });

  test("are a part of the request that an idempotency key stands for", async () => {
    const [olga, ada] = await tokenHolders(2);
    const { eventId, diet } = await anAskingEvent(olga);
    const idempotencyKey = randomUUID();
    const register = (text: string) =>
      ask("RegisterForEvent", ada, {
        eventId,
        idempotencyKey,
        answers: [{ questionId: diet.id, text }],
      });
    const kinds = [];
    for (const text of ["nuts", "nuts", "eggs"]) {
      const answer: Record<string, unknown> = await register(text);
      kinds.push(answer.__typename);
    }
    expect(kinds).toEqual([
      "RegisterForEventSuccess",
      "RegisterForEventSuccess",
      "IdempotencyConflictProblem",
    ]);
  });
});
