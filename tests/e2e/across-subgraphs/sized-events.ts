// The sized runs of operations about hosts, questions and registrations of events.
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { untilRows } from "../../kit/database.ts";
import { anEvent, aRegistration, type Person, questionsOf } from "../../kit/stories.ts";
import { aTicketType, ticketTypesOf } from "../../kit/ticket-types.ts";
import { input, type SizedRun } from "./sized-run.ts";

const RIGHTS = ["EDIT", "CHECK_IN", "SEE_PEOPLE"];
const QUESTIONS_MAX = 10;

/** An event of an organizer with these hosts. */
async function hostedBy(
  organizer: { readonly token: string },
  hosts: readonly Person[],
): Promise<string> {
  const eventId = await anEvent(organizer.token);
  const ids = hosts.map(({ id }) => id);
  await untilRows("events", "select from person where id = any($1)", [ids], ids.length);
  for (const userId of ids) {
    const variables = { input: { eventId, userId, rights: ["SEE_PEOPLE"] } };
    await dataOf(operation("AddHost"), variables, { as: organizer.token });
  }
  return eventId;
}

const asked = (size: number) =>
  Array.from({ length: Math.min(size, QUESTIONS_MAX) }, (_, at) => ({
    kind: "TEXT",
    text: `Question ${at}`,
  }));
const answersTo = (ids: readonly string[]) =>
  ids.map((questionId) => ({ questionId, text: "An answer" }));

const TYPES_MAX = 20;

/** An event with so many ticket types. */
async function typedEvent({ token }: Person, size: number): Promise<string> {
  const eventId = await anEvent(token);
  for (let at = 0; at < Math.min(size, TYPES_MAX); at += 1) {
    await aTicketType(token, eventId, { name: `Type ${at}` });
  }
  return eventId;
}

/** With the one by which it is found. */
const TAGS_MAX = 10;

export const EVENT_RUNS: Readonly<Record<string, SizedRun>> = {
  EventTags: async ({ ada, admin }, size) => {
    const tag = newId();
    const others = Array.from({ length: Math.min(size, TAGS_MAX - 1) }, (_, at) => `tag ${at}`);
    await anEvent(admin.token, { tags: [tag, ...others] });
    return { as: ada, variables: { filter: { tags: [tag] } } };
  },
  EventHosts: async ({ ada, friends, admin }, size) => ({
    as: ada,
    variables: { id: await hostedBy(admin, friends.slice(0, size)) },
  }),
  ManagedEvent: async ({ friends, admin }, size) => ({
    as: admin,
    variables: { id: await hostedBy(admin, friends.slice(0, size)) },
  }),
  AddHost: async ({ ada, friends, admin }, size) => {
    const eventId = await hostedBy(admin, friends.slice(0, size - 1));
    return input(admin, { eventId, userId: ada.id, rights: RIGHTS.slice(0, size) });
  },
  ChangeHost: async ({ friends, admin }, size) => {
    const eventId = await hostedBy(admin, friends.slice(0, size));
    // Both lose the right to see people, which their open streams are told.
    const rights = RIGHTS.slice(0, Math.min(size, 2));
    return input(admin, { eventId, userId: friends[0]?.id, rights });
  },
  // One host stays at least.
  RemoveHost: async ({ friends, admin }, size) => {
    const eventId = await hostedBy(admin, friends.slice(0, Math.max(size, 2)));
    return input(admin, { eventId, userId: friends[0]?.id });
  },
  SetQuestions: async ({ ada }, size) =>
    input(ada, { eventId: await anEvent(ada.token), questions: asked(size) }),
  EventQuestions: async ({ ada }, size) => {
    const eventId = await anEvent(ada.token);
    await questionsOf(ada.token, eventId, asked(size));
    return { as: ada, variables: { id: eventId } };
  },
  ManagedTicketTypes: async ({ ada }, size) => ({
    as: ada,
    variables: { id: await typedEvent(ada, size) },
  }),
  EventTicketTypes: async ({ ada, mia }, size) => ({
    as: mia,
    variables: { id: await typedEvent(ada, size), code: null },
  }),
  DeleteTicketType: async ({ ada }, size) => {
    const eventId = await typedEvent(ada, size + 1);
    const [first] = await ticketTypesOf(ada.token, eventId);
    return input(ada, { ticketTypeId: first?.id });
  },
  MoveTicketType: async ({ ada }, size) => {
    const eventId = await typedEvent(ada, size + 1);
    const [first] = await ticketTypesOf(ada.token, eventId);
    return input(ada, { ticketTypeId: first?.id, position: Math.min(size, TYPES_MAX - 1) });
  },
  RegisterForEvent: async ({ ada }, size) => {
    const eventId = await anEvent(ada.token);
    const ids = await questionsOf(ada.token, eventId, asked(size));
    return input(ada, { eventId, answers: answersTo(ids) });
  },
  ChangeAnswers: async ({ ada }, size) => {
    const eventId = await anEvent(ada.token);
    const ids = await questionsOf(ada.token, eventId, asked(size));
    const answers = answersTo(ids);
    const { id: registrationId } = await aRegistration(ada.token, eventId, { answers });
    return input(ada, { registrationId, answers });
  },
  ApproveRegistrations: async ({ ada, friends }, size) => {
    const eventId = await anEvent(ada.token, { capacity: 50, isApprovalRequired: true });
    const asking = friends.slice(0, size).map(({ token }) => aRegistration(token, eventId));
    return input(ada, { registrationIds: (await Promise.all(asking)).map(({ id }) => id) });
  },
  EventRegistrations: ({ ada, eventId }, first) => ({ as: ada, variables: { id: eventId, first } }),
};
