// Two people whom matching suggests to each other, and their answers, through the real router.
import { expect } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { operation } from "../../schema/operations.ts";
import { dataOf } from "./client.ts";
import { untilRows } from "./database.ts";
import { anEvent, aPerson, aRegistration, aTokenHolder, type Person } from "./stories.ts";

export const SUGGESTIONS = operation("MatchSuggestions");
export const ANSWER = operation("AnswerSuggestion");

export interface Suggestions {
  readonly matchSuggestions: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly user: object } }[];
  };
}

/** Two new people with one rare skill and a common event, known to matching. */
export async function aPairWithOneSkill() {
  const skill = `skill ${newId()}`;
  const people = [await aPerson("Ada Lovelace"), await aPerson("Grace Hopper")] as const;
  const organizer = await aTokenHolder();
  const eventId = await anEvent(organizer.token, { title: "Compilers by night" });
  for (const { token } of people) {
    await dataOf(operation("UpdateProfile"), { input: { skills: [skill] } }, { as: token });
    await aRegistration(token, eventId);
  }
  await untilMatchingHas("select from person where skills = $1", [[skill]], people.length);
  await untilMatchingHas("select from registration where event_id = $1", [eventId], people.length);
  await untilMatchingHas("select from event where id = $1", [eventId], 1);
  return { people, eventId };
}

/** Waits until the query returns this many rows in matching's database. */
export const untilMatchingHas = (question: string, values: unknown[], count: number) =>
  untilRows("matching", question, values, count);

export async function suggestionOf(viewer: Person): Promise<string> {
  const { matchSuggestions } = await dataOf<Suggestions>(SUGGESTIONS, {}, { as: viewer.token });
  expect(matchSuggestions.edges).toHaveLength(1);
  return matchSuggestions.edges[0]?.node.id ?? "";
}

export const answer = (viewer: Person, suggestionId: string, word = "ACCEPT") =>
  dataOf<{ answerSuggestion: { match: { id: string } | null } }>(
    ANSWER,
    { input: { suggestionId, answer: word } },
    { as: viewer.token },
  );

/** Both accept. Returns the id of the match. */
export async function match([one, other]: readonly [Person, Person]): Promise<string> {
  const [toOne, toOther] = [await suggestionOf(one), await suggestionOf(other)];
  await answer(one, toOne);
  const { answerSuggestion } = await answer(other, toOther);
  expect(answerSuggestion.match).not.toBeNull();
  return answerSuggestion.match?.id ?? "";
}
