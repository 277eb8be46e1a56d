// Matches on the real database: two acceptances make one match, also in a race; and who sees it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { judgeAnswer, pairOf } from "../../../subgraphs/matching/matches/rules.ts";
import {
  findAnswers,
  findMatchOf,
  insertMatch,
  upsertAnswer,
} from "../../../subgraphs/matching/matches/store.ts";
import { type Matching, openMatching } from "./harness.ts";
import { aSkill, inDays, inMinutes, type Stories, storiesOf } from "./stories.ts";

let matching: Matching;
let the: Stories;
beforeAll(async () => {
  matching = await openMatching();
  the = storiesOf(matching);
});
afterAll(() => matching?.close());

describe("a match", () => {
  test("is made once, by the second acceptance, and is in both lists and both streams", async () => {
    const { ada, bob, ofBob, ofAda } = await the.pair();
    expect(await the.answer(ada, ofBob, "ACCEPT")).toMatchObject({ match: null });
    const made = await the.answer(bob, ofAda, "ACCEPT");
    expect(made).toMatchObject({ match: { users: [{ id: bob }, { id: ada }] } });
    expect(await the.answer(ada, ofBob, "ACCEPT")).toMatchObject({ match: { id: made.match?.id } });
    for (const word of ["DECLINE", "LATER"]) {
      expect(await the.answer(ada, ofBob, word)).toMatchObject({
        __typename: "AlreadyMatchedProblem",
        match: { id: made.match?.id },
      });
    }
    for (const person of [ada, bob]) {
      const { edges } = await the.matches(person);
      expect(edges.map(({ node }) => node.id)).toEqual([made.match?.id]);
      const { users } = edges[0]?.node ?? { users: [] };
      expect(users[0]?.id).toBe(person);
      expect(await the.list(person)).toEqual([]);
      expect(await the.list(person, inDays(200))).toEqual([]);
    }
    const streams = await matching.sql(
      `select stream_id, seq, type, payload->>'id' as match from stream_entry
       where stream_id = any($1) order by stream_id`,
      [[`person:${ada}`, `person:${bob}`]],
    );
    const entry = { seq: 1, type: "matchCreated", match: made.match?.id };
    expect(streams).toEqual(
      [ada, bob].sort().map((person) => ({ stream_id: `person:${person}`, ...entry })),
    );
  });

  test("is made when both accept at the same time", async () => {
    const pairs = await Promise.all(Array.from({ length: 12 }, () => the.pair()));
    const outcomes = await Promise.all(
      pairs.map(({ ada, bob, ofBob, ofAda }) =>
        Promise.all([
          the.answer(ada, ofBob, "ACCEPT"),
          the.answer(bob, ofAda, "ACCEPT"),
          the.answer(ada, ofBob, "ACCEPT"),
        ]),
      ),
    );
    const people = pairs.flatMap(({ ada, bob }) => [ada, bob]);
    const made = await matching.sql("select id from match where first_id = any($1)", [people]);
    expect(made).toHaveLength(12);
    for (const each of outcomes) expect(each.some(({ match }) => match !== null)).toBe(true);
    const entries = await matching.sql("select seq from stream_entry where stream_id = any($1)", [
      people.map((person) => `person:${person}`),
    ]);
    expect(entries).toHaveLength(24);
  });

  test("is missed when both accept at the same time without the lock of the streams", async () => {
    const { ada, bob } = await the.pair();
    const [firstId, secondId] = pairOf(ada, bob);
    const both = { waiting: 2, go: () => {} };
    const bothRead = new Promise<void>((resolve) => {
      both.go = resolve;
    });
    const unguarded = (personId: string, userId: string) =>
      matching.tell(async (tx) => {
        const match = await findMatchOf(tx, firstId, secondId);
        const { mine, theirs } = await findAnswers(tx, personId, userId);
        both.waiting -= 1;
        if (both.waiting === 0) both.go();
        await bothRead;
        const verdict = judgeAnswer("ACCEPT", mine, theirs, match !== null, new Date());
        if (verdict.kind !== "store") return;
        await upsertAnswer(tx, { personId, userId, ...verdict.stored, answeredAt: new Date() });
        const createdAt = new Date();
        if (verdict.isMatch) await insertMatch(tx, { id: newId(), firstId, secondId, createdAt });
      });
    await Promise.all([unguarded(ada, bob), unguarded(bob, ada)]);
    const accepted = await matching.sql("select from answer where person_id = any($1)", [
      [ada, bob],
    ]);
    expect(accepted).toHaveLength(2);
    expect((await the.matches(ada)).edges).toEqual([]);
  });

  test("exists only for its two people", async () => {
    const { ada, bob, ofBob, ofAda } = await the.pair();
    await the.answer(ada, ofBob, "ACCEPT");
    const { match } = await the.answer(bob, ofAda, "ACCEPT");
    const entity = (who: string | null) => the.entity(who, "Match", match?.id, "users { id }");
    expect(await entity(ada)).toEqual({ users: [{ id: ada }, { id: bob }] });
    for (const who of [await matching.person(), null]) expect(await entity(who)).toBeNull();
    expect((await the.matches(await matching.person())).edges).toEqual([]);
    expect((await the.refusedMatches(null)).code).toBe("UNAUTHENTICATED");
  });

  test("stays in the list when one blocks the other", async () => {
    const { ada, bob, ofBob, ofAda } = await the.pair();
    await the.answer(ada, ofBob, "ACCEPT");
    await the.answer(bob, ofAda, "ACCEPT");
    await the.block(ada, bob);
    for (const person of [ada, bob]) expect((await the.matches(person)).edges).toHaveLength(1);
  });

  test("is behind the position of a list without it: the position is read before the page", async () => {
    const { ada, bob, ofBob, ofAda } = await the.pair();
    expect((await the.matches(ada)).seq).toBe(0);
    await the.answer(ada, ofBob, "ACCEPT");
    await the.answer(bob, ofAda, "ACCEPT");
    matching.statements();
    expect((await the.matches(ada)).seq).toBe(1);
    const tables = matching
      .statements()
      .map((sql) => /from \W*(?:public\W+)?(\w+)/i.exec(sql)?.[1]);
    expect(tables[0]).toMatch(/^stream/);
  });

  test("is listed newest first, on pages without skips or repeats", async () => {
    const skills = [aSkill()];
    const ada = await matching.person({ skills });
    const made: (string | undefined)[] = [];
    for (let at = 0; at < 5; at += 1) {
      const bob = await matching.person({ skills });
      await the.answer(bob, await the.suggestionOf(bob, ada), "ACCEPT");
      const list = await the.list(ada, inMinutes(at * 60));
      const id = list.find(({ user }) => user.id === bob)?.id ?? "";
      made.unshift((await the.answer(ada, id, "ACCEPT")).match?.id);
    }
    const seen: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { edges, pageInfo } = await the.matches(ada, { first: 2, after });
      seen.push(...edges.map(({ node }) => node.id));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(seen).toEqual(made);
  });
});
