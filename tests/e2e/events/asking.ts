// Events that ask questions, and what people see of the answers.
import { operation } from "../../../schema/operations.ts";
import { dataOf, ask as request } from "../../kit/client.ts";
import { anEvent, type TokenHolder } from "../../kit/stories.ts";

export interface Question {
  readonly id: string;
  readonly text: string;
}

export const DIET = { kind: "TEXT", text: "What do you not eat?", isRequired: true };
export const DAYS = {
  kind: "CHOICE",
  text: "Which days?",
  options: ["One", "Two"],
  isMultiple: true,
};

export async function ask(name: string, as: TokenHolder, input: object) {
  const variables = { input };
  const { data, errors } = await request<Record<string, Record<string, unknown>>>(
    operation(name),
    variables,
    { as: as.token },
  );
  const answer: Record<string, unknown> = Object.values(data ?? {})[0] ?? {};
  return { ...answer, error: errors?.[0]?.extensions };
}

export async function setQuestions(as: TokenHolder, eventId: string, questions: readonly object[]) {
  const set: Record<string, unknown> = await ask("SetQuestions", as, { eventId, questions });
  return (set.event as { questions: Question[] }).questions;
}

/** An event that asks for a diet and for days. */
export async function anAskingEvent(organizer: TokenHolder) {
  const eventId = await anEvent(organizer.token);
  const [diet, days] = await setQuestions(organizer, eventId, [DIET, DAYS]);
  if (!diet || !days) throw new Error("the questions are missing");
  return { eventId, diet, days };
}

const ANSWERS = `query($id: ID!) { event(id: $id) { registrations { edges { node {
  attendee { id } answers { text choices question { id text isArchived } } } } } } }`;

interface Answers {
  readonly event: {
    readonly registrations: {
      readonly edges: { node: { answers: { text: string | null; choices: string[] }[] | null } }[];
    } | null;
  };
}

export async function answersSeenBy({ token }: TokenHolder, id: string) {
  const { event } = await dataOf<Answers>(ANSWERS, { id }, { as: token });
  return event.registrations?.edges.map(({ node }) => node.answers);
}

export const own = async ({ token }: TokenHolder, id: string) =>
  dataOf(operation("EventQuestions"), { id }, { as: token });
