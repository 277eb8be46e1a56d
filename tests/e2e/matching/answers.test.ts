// Answers on the real database: how long they count, and that an answer without a match stays
// private.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { type Matching, openMatching } from "./harness.ts";
import { aSkill, inDays, inMinutes, type Stories, storiesOf } from "./stories.ts";

let matching: Matching;
let the: Stories;
beforeAll(async () => {
  matching = await openMatching();
  the = storiesOf(matching);
});
afterAll(() => matching?.close());

describe("an answer", () => {
  test("removes the person from the list, for ever, for 90 days or for 7", async () => {
    const skills = [aSkill()];
    const viewer = await matching.person({ skills });
    const [yes = "", no = "", later = ""] = await Promise.all(
      [1, 2, 3].map(() => matching.person({ skills })),
    );
    await the.answer(viewer, await the.suggestionOf(viewer, yes), "ACCEPT");
    await the.answer(viewer, await the.suggestionOf(viewer, no), "DECLINE");
    await the.answer(viewer, await the.suggestionOf(viewer, later), "LATER");
    const idsAt = async (days: number) =>
      (await the.list(viewer, inDays(days))).map(({ user }) => user.id).sort();
    expect(await idsAt(0)).toEqual([]);
    expect(await idsAt(6)).toEqual([]);
    expect(await idsAt(8)).toEqual([later]);
    expect(await idsAt(91)).toEqual([no, later].sort());
  });

  test("may be changed until there is a match, and repeating it changes nothing", async () => {
    const { ada, bob, ofBob, ofAda } = await the.pair();
    await the.answer(bob, ofAda, "ACCEPT");
    await the.answer(ada, ofBob, "DECLINE");
    await the.answer(ada, ofBob, "DECLINE", inDays(30));
    const [stored] = await matching.sql<{ days: number }>(
      "select round(extract(epoch from rests_until - now()) / 86400)::int as days from answer where person_id = $1",
      [ada],
    );
    expect(stored?.days).toBe(90);
    expect((await the.matches(bob)).edges).toEqual([]);
    await the.answer(bob, ofAda, "LATER");
    expect(await the.answer(ada, ofBob, "ACCEPT")).toMatchObject({ match: null });
    expect(await the.answer(bob, ofAda, "ACCEPT")).toMatchObject({
      match: { users: [{ id: bob }, {}] },
    });
  });

  test("without a match changes nothing that the other person can see, receive or measure", async () => {
    const words = [null, "DECLINE", "LATER", "ACCEPT"];
    const seen = await Promise.all(
      words.map(async (word) => {
        const { ada, bob, ofBob } = await the.pair();
        if (word) await the.answer(ada, ofBob, word);
        // A new list of Bob's, made after Ada's answer.
        const [node, ...others] = await the.list(bob, inMinutes(11));
        const { id = "", user, ...rest } = node ?? { user: { id: "" } };
        const reasons = JSON.stringify(rest).replace(/skill [0-9a-f-]{36}/g, "skill");
        return { bob, ada, id, shown: [user.id === ada, others, reasons, await the.matches(bob)] };
      }),
    );
    const [silent] = seen;
    for (const { shown } of seen) expect(shown).toEqual(silent?.shown);
    const statements: string[][] = [];
    for (const { bob, id } of seen.slice(0, 3)) {
      matching.statements();
      expect(await the.answer(bob, id, "ACCEPT")).toMatchObject({ match: null });
      statements.push(matching.statements());
    }
    expect(statements[1]).toEqual(statements[0]);
    expect(statements[2]).toEqual(statements[0]);
    expect(statements[0]).toHaveLength(7);
  });

  test("needs a suggestion of the viewer, of a person who is not blocked", async () => {
    const { ada, bob, ofBob, ofAda } = await the.pair();
    const unknown = (id: string) => ({
      code: "NOT_FOUND",
      message: `There is no suggestion "${id}".`,
    });
    for (const id of [ofAda, newId(), "nonsense"])
      expect(await the.refusedAnswer(ada, id)).toEqual(unknown(id));
    expect(await the.refusedAnswer(null, ofBob)).toMatchObject({ code: "UNAUTHENTICATED" });
    await the.block(bob, ada);
    expect(await the.refusedAnswer(ada, ofBob)).toEqual(unknown(ofBob));
    expect(await the.refusedAnswer(bob, ofAda)).toEqual(unknown(ofAda));
    const answers = await matching.sql("select from answer where person_id = any($1)", [
      [ada, bob],
    ]);
    expect(answers).toEqual([]);
  });
});
