// Every path through the graph returns only what the viewer may see: several people follow all
// paths of the schema, and each received object is checked against the databases.
import { beforeAll, describe, expect, test } from "vitest";
import { operation } from "../../schema/operations.ts";
import { png } from "../e2e/media/made.ts";
import { upload } from "../e2e/messaging/attaching.ts";
import { aMessage, mutate, send } from "../e2e/messaging/harness.ts";
import { ask, dataOf } from "../kit/client.ts";
import { untilRows } from "../kit/database.ts";
import { anOpenDoor, aWalkIn, scan, ticketsFor } from "../kit/door.ts";
import { aPerson, aRegistration, type Person, questionsOf } from "../kit/stories.ts";
import { aTicketType } from "../kit/ticket-types.ts";
import { fieldsOf, objectTypes, schema } from "./matrix/schema.ts";
import { addTexts, anInvite } from "./matrix/talks.ts";
import {
  FOR_ADMINS,
  FOR_MODERATORS,
  OF_RESULTS,
  SIGHT,
  type Thing,
  thingsIn,
  trespasses,
} from "./matrix/visibility.ts";
import { documentOf, isThing, variablesOf, type Walk, walks } from "./matrix/walks.ts";
import { aLife, type Life } from "./matrix/world.ts";

let bob: Life;
let stranger: Person;
let hosted: string;
let reacted: string;
/** Of Bob, in a message that the friend may read. */
let picture: string;
/** Of an invite to the group of Bob and the friend. */
let code: string;

beforeAll(async () => {
  bob = await aLife("Bob");
  stranger = await aPerson("Stranger");
  const { friend, things } = bob;
  await aRegistration(friend.token, things.event);
  const input = { userId: stranger.id };
  await dataOf(operation("BlockUser"), { input }, { as: friend.token });
  hosted = await aDoorOf(bob);
  reacted = await aReactionIn(bob);
  await addTexts(reacted, bob.shared, [bob.owner, friend]);
  picture = await aPictureIn(bob);
  ({ code } = await anInvite(bob.owner, bob.shared));
});

/** An event of Bob's with questions and a ticket type, at whose door the friend lets people in. */
async function aDoorOf({ owner, friend }: Life): Promise<string> {
  const eventId = await anOpenDoor(owner);
  await questionsOf(owner.token, eventId, [{ kind: "TEXT", text: "Why?" }]);
  const input = { eventId, userId: friend.id, rights: ["CHECK_IN"] };
  await dataOf(operation("AddHost"), { input }, { as: owner.token });
  const { id: ticketTypeId } = await aTicketType(owner.token, eventId, {
    price: { amount: 1_250, currency: "EUR" },
  });
  const { codes } = await ticketsFor(await aPerson("Guest"), eventId, 1, { ticketTypeId });
  await aRegistration((await aPerson("Late guest")).token, eventId, { ticketTypeId });
  await scan(owner.token, { code: codes[0] ?? "", eventId });
  await aWalkIn(owner.token, eventId, { ticketTypeId });
  return eventId;
}

/** The owner's picture in the thread of the friend's message; it can be read. */
async function aPictureIn({ owner, shared }: Life): Promise<string> {
  const contents = await png(60, 40);
  const id = await upload(owner, shared, { contents, contentType: "image/png" });
  await send(owner, shared, "", { attachmentIds: [id], threadRootId: reacted });
  await untilRows("messaging", "select from file where id = $1 and state = 'READY'", [id], 1);
  return id;
}

/** The friend's message with a reaction, in the group of both; a person comes and goes. */
async function aReactionIn({ owner, friend, shared: conversationId }: Life): Promise<string> {
  const { id: messageId } = await aMessage(friend, conversationId, "who joins us?");
  await mutate("AddReaction", owner, { messageId, emoji: "👍" });
  const { id: userId } = await aPerson("Passer-by");
  await mutate("AddMembers", owner, { conversationId, userIds: [userId] });
  await mutate("RemoveMember", owner, { conversationId, userId });
  return messageId;
}

/**
 * Ids for the first fields of paths: Bob's things that everybody, his friend or nobody may know.
 */
function beginnings({ things, shared, colleague }: Life): Readonly<Record<string, string[]>> {
  return {
    "Query.event": [things.event, things.draft, hosted],
    "Query.user": [things.person, colleague.id],
    "Query.conversation": [things.direct, things.group, shared],
    "Query.message": [things.message, reacted],
    "Query.attachments": [things.attachment, picture],
    "Query.invitePreview": [code],
  };
}

interface WalkResult {
  readonly things: Thing[];
  /** The fields that were read of an object. */
  readonly reached: Set<string>;
}

/** More than a thousand requests are sent, also on a slow machine. */
const TIMEOUT_MS = 240_000;
const AT_ONCE = 8;

/** Follows every path. */
async function walkAll(token: string | undefined): Promise<WalkResult> {
  const given: WalkResult = { things: [], reached: new Set() };
  const walked = new Set<string>();
  const first = beginnings(bob);
  const steps = walks().flatMap((walk) =>
    (first[walk[0]?.coordinate ?? ""] ?? [""]).map((id) => ({ walk, id })),
  );
  for (let at = 0; at < steps.length; at += AT_ONCE) {
    const some = steps.slice(at, at + AT_ONCE);
    await Promise.all(some.map(({ walk, id }) => follow(walk, { id, token, given, walked })));
  }
  return given;
}

interface Following {
  readonly id: string;
  readonly token: string | undefined;
  readonly given: WalkResult;
  /** Operations that were sent already. */
  readonly walked: Set<string>;
}

/** Follows a path as far as the limits of an operation allow. */
async function follow(walk: Walk, following: Following): Promise<void> {
  const { id, token, given, walked } = following;
  const document = documentOf(walk);
  if (walked.has(document + id)) return;
  walked.add(document + id);
  const { status, data, errors } = await ask(document, variablesOf(walk, id), { as: token });
  const isTooFar = errors?.[0]?.extensions.code === "OPERATION_TOO_COMPLEX";
  if (isTooFar) return follow(walk.slice(0, -1), following);
  expect(status, document).toBe(200);
  given.things.push(...thingsIn(data));
  for (const coordinate of reachedBy(walk, data)) given.reached.add(coordinate);
}

/** The fields of a path that were read of an object, and all its leaves. */
function reachedBy(walk: Walk, answer: unknown): string[] {
  let values = [answer];
  const reached: string[] = [];
  for (const { coordinate, field } of walk) {
    const objects = values.filter((value): value is Record<string, unknown> => isObject(value));
    if (objects.length > 0) reached.push(coordinate);
    reached.push(...objects.flatMap(leavesOf));
    values = objects.flatMap((value) => value[field.name]);
  }
  return [...reached, ...values.filter(isObject).flatMap(leavesOf)];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function leavesOf({ __typename, ...fields }: Record<string, unknown>): string[] {
  return Object.keys(fields).map((field) => `${__typename}.${field}`);
}

test("every type with an id has a rule of visibility", () => {
  const withId = objectTypes().filter((type) => "id" in type.getFields());
  const known = [...Object.keys(SIGHT), ...FOR_ADMINS, ...OF_RESULTS].sort();
  expect(withId.map(({ name }) => name)).toEqual(known);
});

describe("receives nothing that they may not see:", { timeout: TIMEOUT_MS }, () => {
  test("a friend, over every path", async () => {
    const { things, reached } = await walkAll(bob.friend.token);
    expect(await trespasses(things, bob.friend.id)).toEqual([]);
    expect(behindQuery().filter((coordinate) => !reached.has(coordinate))).toEqual([]);
  });

  test("a stranger", async () => {
    expect(await trespasses((await walkAll(stranger.token)).things, stranger.id)).toEqual([]);
  });

  test("an anonymous client", async () => {
    const { things } = await walkAll(undefined);
    expect(new Set(things.map(({ __typename }) => __typename))).toEqual(
      new Set(["Event", "Question", "TicketType"]),
    );
    expect(await trespasses(things, null)).toEqual([]);
  });
});

test(
  "the check finds faults in Bob's answers if a friend had received them",
  async () => {
    const { things } = await walkAll(bob.owner.token);
    const found = await trespasses(things, bob.friend.id);
    const { draft, registration, guest, group, message, suggestion, person, match } = bob.things;
    const { attachment } = bob.things;
    expect(found).toEqual(
      expect.arrayContaining([
        `Event ${draft}`,
        `Registration ${registration}`,
        `Registration ${guest}`,
        `Conversation ${group}`,
        `Message ${message}`,
        `Attachment ${attachment}`,
        `MatchSuggestion ${suggestion}`,
        `User.email of ${person}`,
        `User.registrations of ${person}`,
      ]),
    );
    expect(found).not.toContain(`Match ${match}`);
    expect(found).not.toContain(`Attachment ${picture}`);
  },
  TIMEOUT_MS,
);

/** Fields of the types that some path reaches, without those of connections. */
function behindQuery(): string[] {
  const types = new Set(walks().flatMap((walk) => walk.map(({ type }) => type.name)));
  return objectTypes()
    .filter(({ name }) => types.has(name) && schema.getType(name))
    .flatMap(fieldsOf)
    .filter(({ type, field }) => type.name !== "Query" || isThing(field.type))
    .map(({ coordinate }) => coordinate)
    .filter((coordinate) => !coordinate.endsWith(".pageInfo"))
    .filter((coordinate) => {
      return !FOR_MODERATORS.some((part) => coordinate.toLowerCase().includes(part));
    });
}
