// Questions to those who register: who sets them, and what becomes of those that have answers.
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { withDatabase } from "../../kit/database.ts";
import { tokenHolders } from "../../kit/stories.ts";
import {
  anAskingEvent,
  answersSeenBy,
  ask,
  DAYS,
  DIET,
  own,
  type Question,
  setQuestions,
} from "./asking.ts";

describe("questions", () => {
  test("are set in order by those who may edit, and read by everybody", async () => {
    const [olga, bob] = await tokenHolders(2);
    const { eventId, diet, days } = await anAskingEvent(olga);
    const { event } = (await own(bob, eventId)) as { event: { questions: Question[] } };
    expect(event.questions).toEqual([
      { id: diet.id, ...DIET, options: [], isMultiple: false },
      { id: days.id, ...DAYS, isRequired: false },
    ]);
    const input = { eventId, questions: [] };
    expect((await ask("SetQuestions", bob, input)).error).toMatchObject({
      code: "NOT_FOUND",
      field: "input.eventId",
    });
  });

  test("keep an answer under what was asked: a changed question is another one", async () => {
    const [olga, ada] = await tokenHolders(2);
    const { eventId, diet, days } = await anAskingEvent(olga);
    const answers = [
      { questionId: diet.id, text: " nuts " },
      { questionId: days.id, choices: ["Two"] },
    ];
    await ask("RegisterForEvent", ada, { eventId, answers });
    const wording = "What do you eat?";
    const after = await setQuestions(olga, eventId, [
      { ...DAYS, id: days.id, options: ["One", "Two", "Three"] },
      { ...DIET, id: diet.id, text: wording },
    ]);
    expect(after.map(({ id, text }) => [id === days.id || id === diet.id, text])).toEqual([
      [true, DAYS.text],
      [false, wording],
    ]);
    expect(await answersSeenBy(olga, eventId)).toEqual([
      [
        {
          text: null,
          choices: ["Two"],
          question: { id: days.id, text: DAYS.text, isArchived: false },
        },
        {
          text: "nuts",
          choices: [],
          question: { id: diet.id, text: DIET.text, isArchived: true },
        },
      ],
    ]);
  });

  test.each([
    ["questions[0].id", { ...DIET, id: randomUUID() }],
    ["questions[0].options", { ...DIET, options: ["One"] }],
    ["questions[0].options", { ...DAYS, options: [] }],
    ["questions[0].options", { ...DAYS, options: ["One", " One "] }],
    ["questions[0].text", { ...DIET, text: " " }],
  ])("with a mistake are refused at %s, and nothing changes", async (field, question) => {
    const [olga] = await tokenHolders(1);
    const { eventId, diet } = await anAskingEvent(olga);
    const { error } = await ask("SetQuestions", olga, { eventId, questions: [question] });
    expect(error).toMatchObject({ code: "BAD_USER_INPUT" });
    expect(JSON.stringify(error)).toContain(`input.${field}`);
    const { event } = (await own(olga, eventId)) as { event: { questions: Question[] } };
    expect(event.questions[0]?.id).toBe(diet.id);
  });

  test("with answers are kept up to a number", async () => {
    const [olga, ada] = await tokenHolders(2);
    const { eventId, diet } = await anAskingEvent(olga);
    await ask("RegisterForEvent", ada, {
      eventId,
      answers: [{ questionId: diet.id, text: "nuts" }],
    });
    await withDatabase("events", (client) =>
      client.query(
        `insert into question (id, event_id, position, kind, text, options, is_multiple,
           is_required, archived_at)
         select gen_random_uuid(), $1, 0, 'TEXT', 'Old?', '{}', false, false, now()
         from generate_series(1, 49)`,
        [eventId],
      ),
    );
    const refused = await ask("SetQuestions", olga, { eventId, questions: [DIET] });
    expect(refused).toMatchObject({ __typename: "TooManyQuestionsProblem", questionsMax: 50 });
  });
});
