// Answers and matches on the real database: two acceptances make one match, however they race; an
// answer that made none stays with who gave it; who may see what.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../../kit/id.ts";
import { judgeAnswer, pairOf } from "../../../subgraphs/matching/matches/rules.ts";
import {
  findAnswers,
  findMatchOf,
  insertMatch,
  upsertAnswer,
} from "../../../subgraphs/matching/matches/store.ts";
import { applyBlock } from "../../../subgraphs/matching/people/apply.ts";
import { type Matching, openMatching } from "./harness.ts";

let matching: Matching;
beforeAll(async () => {
  matching = await openMatching();
});
afterAll(() => matching?.close());

const LIST = `query { matchSuggestions(first: 100) {
  edges { node { id score user { id } reasons { kind description contribution } } } } }`;
const ANSWER = `mutation($id: ID!, $answer: SuggestionAnswer!) {
  answerSuggestion(input: { suggestionId: $id, answer: $answer }) { __typename
    ... on AnswerSuggestionSuccess { suggestion { id user { id } } match { id users { id } } }
    ... on AlreadyMatchedProblem { message match { id } } } }`;
const MATCHES = `query($first: Int, $after: String) { matches(first: $first, after: $after) {
  edges { node { id users { id } } } pageInfo { hasNextPage endCursor } } }`;

interface Node {
  readonly id: string;
  readonly user: { readonly id: string };
}
interface Answered {
  readonly __typename: string;
  readonly match: { readonly id: string; readonly users: { id: string }[] } | null;
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
const listOf = async (personId: string, now?: Date) => {
  type Data = { matchSuggestions: { edges: { node: Node }[] } };
  const { data } = await matching.ask<Data>(personId, LIST, {}, now);
  return data?.matchSuggestions.edges.map(({ node }) => node) ?? [];
};
const suggestionOf = async (personId: string, otherId: string) =>
  (await listOf(personId)).find(({ user }) => user.id === otherId)?.id ?? "";
const answer = async (personId: string, id: string, word: string, now?: Date) => {
  const { data, errors } = await matching.ask<{ answerSuggestion: Answered }>(
    personId,
    ANSWER,
    { id, answer: word },
    now,
  );
  expect(errors).toBeUndefined();
  if (!data) throw new Error("no data");
  return data.answerSuggestion;
};
const matchesOf = async (personId: string, variables: object = {}) => {
  type Data = {
    matches: {
      edges: { node: { id: string; users: { id: string }[] } }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  };
  const { data } = await matching.ask<Data>(personId, MATCHES, variables);
  if (!data) throw new Error("no data");
  return data.matches;
};

/** Two people of one skill, with the suggestion of each to the other. */
async function aPair() {
  const skills = [`skill ${newId()}`];
  const [ada, bob] = [await matching.person({ skills }), await matching.person({ skills })];
  return { ada, bob, ofBob: await suggestionOf(ada, bob), ofAda: await suggestionOf(bob, ada) };
}

describe("a match", () => {
  test("is made by the second acceptance, once, and stands in both lists and both streams", async () => {
    const { ada, bob, ofBob, ofAda } = await aPair();
    expect(await answer(ada, ofBob, "ACCEPT")).toMatchObject({ match: null });
    const made = await answer(bob, ofAda, "ACCEPT");
    expect(made).toMatchObject({ match: { users: [{ id: bob }, { id: ada }] } });
    expect(await answer(ada, ofBob, "ACCEPT")).toMatchObject({ match: { id: made.match?.id } });
    for (const word of ["DECLINE", "LATER"]) {
      expect(await answer(ada, ofBob, word)).toMatchObject({
        __typename: "AlreadyMatchedProblem",
        match: { id: made.match?.id },
      });
    }
    for (const person of [ada, bob]) {
      const { edges } = await matchesOf(person);
      expect(edges.map(({ node }) => node.id)).toEqual([made.match?.id]);
      const { users } = edges[0]?.node ?? { users: [] };
      expect(users[0]?.id).toBe(person);
      expect(await listOf(person)).toEqual([]);
      expect(await listOf(person, inDays(200))).toEqual([]);
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

  test("comes of two acceptances at once, every time", async () => {
    const pairs = await Promise.all(Array.from({ length: 12 }, aPair));
    const outcomes = await Promise.all(
      pairs.map(({ ada, bob, ofBob, ofAda }) =>
        Promise.all([
          answer(ada, ofBob, "ACCEPT"),
          answer(bob, ofAda, "ACCEPT"),
          answer(ada, ofBob, "ACCEPT"),
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

  test("is missed by two acceptances at once when nobody locks the streams", async () => {
    const { ada, bob } = await aPair();
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
    expect((await matchesOf(ada)).edges).toEqual([]);
  });

  test("exists for its two people alone", async () => {
    const { ada, bob, ofBob, ofAda } = await aPair();
    await answer(ada, ofBob, "ACCEPT");
    const { match } = await answer(bob, ofAda, "ACCEPT");
    const reference = `query($of: [_Any!]!) { _entities(representations: $of) {
      ... on Match { users { id } } } }`;
    const of = [{ __typename: "Match", id: match?.id }];
    const entity = async (who: string | null) =>
      (await matching.ask<{ _entities: unknown[] }>(who, reference, { of })).data?._entities[0];
    expect(await entity(ada)).toEqual({ users: [{ id: ada }, { id: bob }] });
    for (const who of [await matching.person(), null]) expect(await entity(who)).toBeNull();
    expect((await matchesOf(await matching.person())).edges).toEqual([]);
    const { errors } = await matching.ask(null, MATCHES);
    expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
  });

  test("stays in the list when one blocks the other", async () => {
    const { ada, bob, ofBob, ofAda } = await aPair();
    await answer(ada, ofBob, "ACCEPT");
    await answer(bob, ofAda, "ACCEPT");
    const block = { blockerId: ada, blockedId: bob, isBlocked: true, version: 1 };
    await matching.tell((tx) => applyBlock(tx, block));
    for (const person of [ada, bob]) expect((await matchesOf(person)).edges).toHaveLength(1);
  });

  test("is listed newest first, on pages without skips or repeats", async () => {
    const skills = [`skill ${newId()}`];
    const ada = await matching.person({ skills });
    const made: (string | undefined)[] = [];
    for (let at = 0; at < 5; at += 1) {
      const bob = await matching.person({ skills });
      await answer(bob, await suggestionOf(bob, ada), "ACCEPT");
      const list = await listOf(ada, new Date(Date.now() + at * 3_600_000));
      const id = list.find(({ user }) => user.id === bob)?.id ?? "";
      made.unshift((await answer(ada, id, "ACCEPT")).match?.id);
    }
    const seen: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { edges, pageInfo } = await matchesOf(ada, { first: 2, after });
      seen.push(...edges.map(({ node }) => node.id));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    expect(seen).toEqual(made);
  });
});

describe("an answer", () => {
  test("takes the person out of the list, for good, for 90 days or for 7", async () => {
    const skills = [`skill ${newId()}`];
    const viewer = await matching.person({ skills });
    const [yes = "", no = "", later = ""] = await Promise.all(
      [1, 2, 3].map(() => matching.person({ skills })),
    );
    await answer(viewer, await suggestionOf(viewer, yes), "ACCEPT");
    await answer(viewer, await suggestionOf(viewer, no), "DECLINE");
    await answer(viewer, await suggestionOf(viewer, later), "LATER");
    const idsAt = async (days: number) =>
      (await listOf(viewer, inDays(days))).map(({ user }) => user.id).sort();
    expect(await idsAt(0)).toEqual([]);
    expect(await idsAt(6)).toEqual([]);
    expect(await idsAt(8)).toEqual([later]);
    expect(await idsAt(91)).toEqual([no, later].sort());
  });

  test("may be taken back until there is a match, and said twice changes nothing", async () => {
    const { ada, bob, ofBob, ofAda } = await aPair();
    await answer(bob, ofAda, "ACCEPT");
    await answer(ada, ofBob, "DECLINE");
    await answer(ada, ofBob, "DECLINE", inDays(30));
    const [stored] = await matching.sql<{ days: number }>(
      "select round(extract(epoch from rests_until - now()) / 86400)::int as days from answer where person_id = $1",
      [ada],
    );
    expect(stored?.days).toBe(90);
    expect((await matchesOf(bob)).edges).toEqual([]);
    await answer(bob, ofAda, "LATER");
    expect(await answer(ada, ofBob, "ACCEPT")).toMatchObject({ match: null });
    expect(await answer(bob, ofAda, "ACCEPT")).toMatchObject({
      match: { users: [{ id: bob }, {}] },
    });
  });

  test("that made no match leaves no trace in what the other sees, gets or waits for", async () => {
    const words = [null, "DECLINE", "LATER", "ACCEPT"];
    const seen = await Promise.all(
      words.map(async (word) => {
        const { ada, bob, ofBob } = await aPair();
        if (word) await answer(ada, ofBob, word);
        // A new list of Bob's, made after Ada's answer.
        const [node, ...others] = await listOf(bob, new Date(Date.now() + 11 * 60_000));
        const { id = "", user, ...rest } = node ?? { user: { id: "" } };
        const reasons = JSON.stringify(rest).replace(/skill [0-9a-f-]{36}/, "skill");
        return { bob, ada, id, shown: [user.id === ada, others, reasons, await matchesOf(bob)] };
      }),
    );
    const [silent] = seen;
    for (const { shown } of seen) expect(shown).toEqual(silent?.shown);
    const statements: string[][] = [];
    for (const { bob, id } of seen.slice(0, 3)) {
      matching.statements();
      expect(await answer(bob, id, "ACCEPT")).toMatchObject({ match: null });
      statements.push(matching.statements());
    }
    expect(statements[1]).toEqual(statements[0]);
    expect(statements[2]).toEqual(statements[0]);
    expect(statements[0]).toHaveLength(6);
  });

  test("needs a suggestion of one's own, to somebody who is not blocked", async () => {
    const { ada, bob, ofBob, ofAda } = await aPair();
    const refusal = async (who: string | null, id: string) => {
      const { data, errors } = await matching.ask(who, ANSWER, { id, answer: "ACCEPT" });
      expect(data).toBeNull();
      return errors?.map(({ extensions, message }) => [extensions.code, message]);
    };
    const unknown = (id: string) => [["NOT_FOUND", `There is no suggestion "${id}".`]];
    for (const id of [ofAda, newId(), "nonsense"])
      expect(await refusal(ada, id)).toEqual(unknown(id));
    expect(await refusal(null, ofBob)).toMatchObject([["UNAUTHENTICATED", expect.any(String)]]);
    const block = { blockerId: bob, blockedId: ada, isBlocked: true, version: 1 };
    await matching.tell((tx) => applyBlock(tx, block));
    expect(await refusal(ada, ofBob)).toEqual(unknown(ofBob));
    expect(await refusal(bob, ofAda)).toEqual(unknown(ofAda));
    const answers = await matching.sql("select from answer where person_id = any($1)", [
      [ada, bob],
    ]);
    expect(answers).toEqual([]);
  });
});
