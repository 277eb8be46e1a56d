// People answer suggestions while matching, Redis and PostgreSQL are killed: every accepted answer
// is stored, two acceptances make one match, and both people receive it once.
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest";
import { newId } from "../../kit/data/id.ts";
import type { Stack } from "../../local/stack.ts";
import { operation } from "../../schema/operations.ts";
import { dataOf } from "../kit/client.ts";
import { withDatabase } from "../kit/database.ts";
import { anEvent, aPerson, type Person } from "../kit/stories.ts";
import { deliveryFaults, type Kept, storageFaults } from "./checks.ts";
import { live } from "./facts.ts";
import { type Load, repeat, startLoad } from "./load.ts";
import { projectionFaults, quiet } from "./projections.ts";
import { type Random, seededRandom } from "./random.ts";
import { closeStack, killUnderLoad, openStack } from "./stack.ts";
import { type Positioned, type Watcher, watchAll } from "./watcher.ts";

let stack: Stack;
let hasFailed = false;
beforeAll(async () => {
  stack = await openStack();
});
afterAll(() => closeStack(stack, hasFailed));

const PEOPLE = 8;

/** People with one rare skill, known to matching. */
async function aCircle(skill: string): Promise<Person[]> {
  const people: Person[] = [];
  for (let at = 0; at < PEOPLE; at += 1) people.push(await aPerson(`Person ${at}`));
  for (const { token } of people) {
    await dataOf(operation("UpdateProfile"), { input: { skills: [skill] } }, { as: token });
  }
  await quiet();
  return people;
}

interface Suggestions {
  readonly matchSuggestions: {
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly user: { readonly id: string } };
    }[];
  };
}

interface Suggestion {
  readonly id: string;
  readonly userId: string;
}

async function suggestionsFor({ token }: Person): Promise<Suggestion[]> {
  const query = operation("MatchSuggestions");
  const data = await dataOf<Suggestions>(query, { first: 50 }, { as: token });
  return data.matchSuggestions.edges.map(({ node }) => ({ id: node.id, userId: node.user.id }));
}

interface Answered {
  readonly answerSuggestion: {
    readonly __typename: string;
    readonly match?: { readonly id: string } | null;
  };
}

interface Verdicts {
  /** The last accepted answer of each person to each other. */
  readonly answers: Map<string, string>;
  /** The match in the verdicts, by its two people. */
  readonly matches: Map<string, string>;
}

const pairOf = (one: string, other: string) => [one, other].sort().join(" ");

/** Gives one answer, with retries, and keeps its verdict. */
async function answer(load: Load, me: Person, to: Suggestion, word: string, verdicts: Verdicts) {
  const input = { suggestionId: to.id, answer: word };
  const { answerSuggestion } = await load.insist<Answered>("AnswerSuggestion", input, me.token, 0);
  const { __typename, match } = answerSuggestion;
  if (__typename === "AnswerSuggestionSuccess") verdicts.answers.set(`${me.id} ${to.userId}`, word);
  else if (__typename !== "AlreadyMatchedProblem") throw new Error(`refused: ${__typename}`);
  if (!match) return;
  const pair = pairOf(me.id, to.userId);
  expect(verdicts.matches.get(pair) ?? match.id).toBe(match.id);
  verdicts.matches.set(pair, match.id);
}

/** Changes answers until the load ends, then accepts everybody. */
async function decide(
  load: Load,
  me: Person,
  all: readonly Suggestion[],
  verdicts: Verdicts,
  random: Random,
) {
  await repeat(load, async (turn) => {
    const to = all[turn % all.length];
    const word = random() < 0.2 ? "ACCEPT" : random() < 0.5 ? "DECLINE" : "LATER";
    if (to) await answer(load, me, to, word, verdicts);
  });
  for (const to of all) await answer(load, me, to, "ACCEPT", verdicts);
}

interface Created extends Positioned {
  readonly match: { readonly id: string };
}

function watchMatches({ token }: Person, at: number): Watcher<Created> {
  const query = `subscription($after: Int) { matchCreated(after: $after) { seq prevSeq match { id } } }`;
  return watchAll<Created>({ token, router: at % 2, query, field: "matchCreated" });
}

async function stored(query: string, people: readonly string[]): Promise<Kept[]> {
  return withDatabase(
    "matching",
    async (client) => (await client.query<Kept>(query, [people])).rows,
  );
}

const ANSWERS = `select person_id || ' ' || user_id as key, answer::text as value
  from answer where person_id = any($1)`;
const MATCHES = `select first_id || ' ' || second_id as key, id as value
  from match where first_id = any($1)`;
const LOG = `select stream_id as key, payload->>'id' as value
  from stream_entry where stream_id = any($1) order by stream_id, seq`;

/** The pairs whose match has opened a direct conversation. */
async function conversations(people: readonly string[]): Promise<string[]> {
  return withDatabase("messaging", async (client) => {
    const { rows } = await client.query<{ pair: string }>(
      `select pair_low || ' ' || pair_high as pair from conversation where pair_low = any($1)`,
      [people],
    );
    return rows.map(({ pair }) => pair).sort();
  });
}

const keptOf = (told: ReadonlyMap<string, string>): Kept[] =>
  [...told].map(([key, value]) => ({ key, value }));

test("despite kills, every accepted answer is stored and every match is made and delivered once", async () => {
  onTestFailed(() => {
    hasFailed = true;
  });
  const random = seededRandom();
  const load = startLoad();
  const skill = `skill ${newId()}`;
  const people = await aCircle(skill);
  const outsider = await aPerson("Outside");
  const events = [await anEvent(outsider.token, { capacity: 3 })];
  const ids = people.map(({ id }) => id);
  const watchers = people.map(watchMatches);
  const lists = await Promise.all(people.map(suggestionsFor));
  for (const list of lists) expect(list).toHaveLength(PEOPLE - 1);
  const verdicts: Verdicts = { answers: new Map(), matches: new Map() };
  const lives = Promise.all([
    ...people.map((me, at) => decide(load, me, lists[at] ?? [], verdicts, random)),
    ...people.map((me, at) => live(load, { me, others: [outsider], events, skill }, at % 2)),
  ]);
  const victims = ["matching", "matching", "matching", "redis", "postgres", "users"];
  await Promise.race([lives, killUnderLoad(stack, victims, load, random)]);
  load.end();
  await lives;
  console.log(verdicts.matches.size, "matches", load.story());

  expect(storageFaults(keptOf(verdicts.answers), await stored(ANSWERS, ids))).toEqual([]);
  expect(storageFaults(keptOf(verdicts.matches), await stored(MATCHES, ids))).toEqual([]);
  expect(verdicts.matches.size).toBe((PEOPLE * (PEOPLE - 1)) / 2);
  for (const [at, watcher] of watchers.entries()) {
    const log = (await stored(LOG, [`person:${ids[at]}`])).map(({ value }) => ({ match: value }));
    expect(log).toHaveLength(PEOPLE - 1);
    await watcher.reached(log.length);
    await watcher.stop();
    expect(deliveryFaults(watcher.events, log, ({ match }) => ({ match: match.id }))).toEqual([]);
    for (const end of watcher.ends) expect(end).toBe("SUBGRAPH_UNAVAILABLE");
  }
  await quiet();
  expect(await projectionFaults()).toEqual([]);
  expect(await conversations(ids)).toEqual([...verdicts.matches.keys()].sort());
});
