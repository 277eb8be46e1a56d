// Makes a person with one thing of every kind that has an id, through the API, and people with
// known relations to them.
import { newId } from "../../../kit/data/id.ts";
import { operation } from "../../../schema/operations.ts";
import { scopesOfAccess } from "../../../subgraphs/users/accounts/roles/rules.ts";
import { aGroup, aMessage, send } from "../../e2e/messaging/harness.ts";
import { dataOf } from "../../kit/client.ts";
import { untilRows, withDatabase } from "../../kit/database.ts";
import { aWalkIn, scan, ticketsFor } from "../../kit/door.ts";
import { aPhone } from "../../kit/pushes.ts";
import {
  anEvent,
  aPerson,
  aRegistration,
  type Person,
  questionsOf,
  type TokenHolder,
} from "../../kit/stories.ts";
import { aTicketType } from "../../kit/ticket-types.ts";
import { accessToken } from "../../kit/tokens.ts";
import { beginAvatar, beginCover } from "../../kit/uploads.ts";
import { talksOf } from "./talks.ts";

/** Kinds of things whose ids clients can send. */
export type Kind =
  | "person"
  | "session"
  | "avatarUpload"
  | "notification"
  | "pushSubscription"
  | "event"
  | "draft"
  | "coverUpload"
  | "question"
  | "askedQuestion"
  | "ticketType"
  | "registration"
  | "guest"
  | "checkIn"
  | "walkIn"
  | "direct"
  | "directMessage"
  | "group"
  | "message"
  | "attachment"
  | "groupPictureUpload"
  | "invite"
  | "match"
  | "suggestion"
  | "personStream"
  | "conversationStream"
  | "eventStream"
  | "nameReview"
  | "usersFailedJob"
  | "eventsFailedJob"
  | "matchingFailedJob"
  | "messagingFailedJob";

export type Things = Readonly<Record<Kind, string>>;

export interface Life {
  readonly owner: Person;
  /** Matched with the owner: in their direct conversation and in `shared`, and in nothing else. */
  readonly friend: Person;
  /** In the owner's group. */
  readonly colleague: Person;
  /** The organizer of the event at which the owner is registered. */
  readonly host: Person;
  readonly things: Things;
  /** A group of owner and friend with messages of both. */
  readonly shared: string;
}

/** A person with one thing of every kind. */
export async function aLife(name: string): Promise<Life> {
  const [owner, friend, colleague] = await Promise.all([
    aPerson(name),
    aPerson(`Friend of ${name}`),
    aPerson(`Colleague of ${name}`),
  ]);
  const host = await aPerson(`Host of ${name}`);
  const events = await eventsOf(owner, host, [friend, colleague]);
  const matches = await matchesOf(owner, friend, colleague);
  const talks = await talksOf(owner, friend, colleague);
  const things = {
    person: owner.id,
    session: claimsOf(owner.token).sid,
    avatarUpload: (await beginAvatar(owner, Buffer.from("x"))).id,
    notification: await aNotification(owner),
    pushSubscription: await aPhone(owner),
    ...events,
    ...matches,
    ...talks,
    personStream: `person:${owner.id}`,
    conversationStream: `conversation:${talks.group}`,
    eventStream: `event:${events.event}`,
    nameReview: await aNameReview(owner, friend),
    usersFailedJob: await aFailedJob("users"),
    eventsFailedJob: await aFailedJob("events"),
    matchingFailedJob: await aFailedJob("matching"),
    messagingFailedJob: await aFailedJob("messaging"),
  };
  await aPhone(friend);
  const shared = await aGroup(owner, [friend]);
  const { id: replyToId } = await aMessage(owner, shared, "to the friend");
  await send(friend, shared, "back", { replyToId });
  return { owner, friend, colleague, host, things, shared };
}

/** Of their registration. */
async function aNotification({ id }: Person): Promise<string> {
  const told =
    "select id from notification where person_id = $1 and kind = 'REGISTRATION_CONFIRMED'";
  await untilRows("users", told, [id], 1);
  return withDatabase("users", async (client) => (await client.query(told, [id])).rows[0].id);
}

function claimsOf(token: string): { readonly sid: string } {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
}

/** A job that was given up, and that no worker would take. Its id as clients see it. */
async function aFailedJob(subgraph: string): Promise<string> {
  const id = newId();
  const insert = `insert into job (id, kind, key, priority, state, run_at, due_at, created_at,
    finished_at) values ($1::uuid, 'test.unknown', $1::text, 1, 'GIVEN_UP', now(), now(), now(), now())`;
  await withDatabase(subgraph, (client) => client.query(insert, [id]));
  return `job:${id}`;
}

/**
 * A review of the name of one person, as if it read like that of the other. There may be one:
 * another test may have verified somebody of that name.
 */
async function aNameReview(one: Person, other: Person): Promise<string> {
  const insert = `insert into name_review (id, person_id, similar_to, created_at)
    values ($1, $2, $3, now())
    on conflict (person_id) where settled_at is null do update set similar_to = $3
    returning id`;
  return withDatabase("users", async (client) => {
    const { rows } = await client.query(insert, [newId(), one.id, other.id]);
    return rows[0].id;
  });
}

/** All register for the host's event, and one guest for the owner's event. */
async function eventsOf(owner: Person, host: Person, others: readonly Person[]) {
  const visited = await anEvent(host.token, { title: "Elsewhere" });
  const [askedQuestion = ""] = await questionsOf(host.token, visited, [WHY]);
  const answers = [{ questionId: askedQuestion, text: "Between us" }];
  for (const { token } of others) await aRegistration(token, visited, { answers });
  await addHosts(host, visited, others);
  const event = await anEvent(owner.token, {
    title: "At home",
    startsInMs: 2 * 3_600_000,
    tags: ["sauna"],
  });
  await addHosts(owner, event, others.slice(0, 1));
  const guest = await ticketsFor(await aPerson("Gus"), event);
  const { checkIn } = await scan(owner.token, { code: guest.codes[0] ?? "", eventId: event });
  const draft = await anEvent(owner.token, { title: "Secret plans", isDraft: true });
  const [question = ""] = await questionsOf(owner.token, draft, [WHY]);
  return {
    event,
    guest: guest.id,
    checkIn: checkIn?.id ?? "",
    walkIn: await aWalkIn(owner.token, event),
    draft,
    coverUpload: (await beginCover(owner, draft, Buffer.from("x"))).id,
    question,
    askedQuestion,
    ticketType: (await aTicketType(owner.token, draft)).id,
    registration: (await aRegistration(owner.token, visited)).id,
  };
}

const WHY = { kind: "TEXT", text: "Why?" };

/** Makes people hosts who may only see the event. */
async function addHosts(organizer: Person, eventId: string, hosts: readonly Person[]) {
  const ids = hosts.map(({ id }) => id);
  await untilRows("events", "select from person where id = any($1)", [ids], ids.length);
  for (const userId of ids) {
    const variables = { input: { eventId, userId, rights: [] } };
    await dataOf(operation("AddHost"), variables, { as: organizer.token });
  }
}

interface Suggestions {
  readonly matchSuggestions: {
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly user: { readonly id: string } };
    }[];
  };
}

/** The owner matches with the friend, and keeps the suggestion of the colleague. */
async function matchesOf(owner: Person, friend: Person, colleague: Person) {
  const [one = "", two = "", three = ""] = [newId(), newId(), newId()];
  await learn(owner, [one, two]);
  await learn(friend, [one, three]);
  await learn(colleague, [two, three]);
  await untilRows("matching", "select from person where skills && $1", [[one, two]], 3);
  await accept(friend, await suggested(friend, owner));
  const match = await accept(owner, await suggested(owner, friend));
  if (!match) throw new Error("two acceptances made no match");
  const known =
    "select from match join conversation using (pair_low, pair_high) where match.id = $1";
  await untilRows("messaging", known, [match], 1);
  return { match, suggestion: await suggested(owner, colleague) };
}

async function learn({ token }: Person, skills: readonly string[]): Promise<void> {
  await dataOf(operation("UpdateProfile"), { input: { skills } }, { as: token });
}

async function suggested(viewer: Person, whom: Person): Promise<string> {
  const variables = { first: 100 };
  const data = await dataOf<Suggestions>(operation("MatchSuggestions"), variables, {
    as: viewer.token,
  });
  const found = data.matchSuggestions.edges.find(({ node }) => node.user.id === whom.id);
  if (!found) throw new Error("no person was suggested");
  return found.node.id;
}

async function accept(viewer: Person, suggestionId: string): Promise<string | undefined> {
  type Answered = { answerSuggestion: { match: { id: string } | null } };
  const input = { suggestionId, answer: "ACCEPT" };
  const as = { as: viewer.token };
  const { answerSuggestion } = await dataOf<Answered>(operation("AnswerSuggestion"), { input }, as);
  return answerSuggestion.match?.id;
}

/** The same person as an admin, with a token that has the role. */
export async function asAdmin({ id }: TokenHolder): Promise<TokenHolder> {
  await withDatabase("users", (client) =>
    client.query("insert into role_grant values ($1, 'ADMIN', now())", [id]),
  );
  const token = await accessToken({
    userId: id,
    roles: ["ADMIN"],
    scopes: scopesOfAccess({ roles: ["ADMIN"], standing: "ACTIVE", isVerified: true }),
    // Admins who lose a role here go on with this token.
    version: 1_000,
  });
  return { id, token };
}
