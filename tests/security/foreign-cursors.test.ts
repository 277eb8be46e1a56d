// Cursors and client keys of other people: a cursor only moves in one's own list, and a key belongs
// to the person who chose it. Every text argument of the contract is covered.
import { beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { operation } from "../../schema/operations.ts";
import { aMessage, mutate, send } from "../e2e/messaging/harness.ts";
import { ask, dataOf, resultOf } from "../kit/client.ts";
import {
  anEvent,
  aPerson,
  aRegistration,
  aTokenHolder,
  eventInput,
  type Person,
  register,
  type TokenHolder,
} from "../kit/stories.ts";
import { expectFreeNonce, NONCES, type Nonce } from "./foreign-nonces.ts";
import { type Position, positionsOf, schema, selectionOf } from "./matrix/schema.ts";
import { aRequestTo } from "./matrix/talks.ts";
import { TEXT_ARGUMENTS } from "./matrix/text-arguments.ts";
import { thingsIn, trespasses } from "./matrix/visibility.ts";
import { aLife, type Life } from "./matrix/world.ts";

const PLACES = positionsOf("String");
const cursors = PLACES.filter(({ coordinate }) => TEXT_ARGUMENTS[coordinate] === "cursor");

let bob: Life;
let ada: Life;
beforeAll(async () => {
  [bob, ada] = await Promise.all([aLife("Bob"), aLife("Ada")]);
  for (const { owner, things } of [bob, ada]) {
    await mutate("EditMessage", owner, { messageId: things.message, body: "changed" });
    await send(owner, things.group, "in a thread", { threadRootId: things.message });
    await aRequestTo(owner);
    for (const { id } of [await aPerson(), await aPerson()]) {
      await dataOf(operation("BlockUser"), { input: { userId: id } }, { as: owner.token });
    }
  }
});

test("every text argument is in the table", () => {
  const places = new Set(PLACES.map(({ coordinate }) => coordinate));
  expect(
    Object.keys(TEXT_ARGUMENTS).sort(),
    "say in matrix/text-arguments.ts what it is for",
  ).toEqual([...places].sort());
});

/** The fields by which each person comes to an own object with pages. */
const HOLDERS: Readonly<Record<string, (life: Life) => readonly string[]>> = {
  Query: () => [],
  User: () => ["me"],
  Event: ({ things }) => [`event(id: "${things.event}")`],
  Conversation: ({ things }) => [`conversation(id: "${things.group}")`],
  Message: ({ things }) => [`message(id: "${things.message}")`],
  Thread: ({ things }) => [`message(id: "${things.message}")`, "thread"],
  ReactionCount: ({ things }) => [`message(id: "${things.message}")`, "reactions"],
};

interface Page {
  readonly edges: readonly { readonly cursor: string }[];
}

/** A page of the owner's own list. */
async function pageOf({ coordinate, of }: Position, life: Life, cursor: string | null) {
  const holder = HOLDERS[of.type.name]?.(life);
  expect(holder, `say in HOLDERS how to come to a ${of.type.name}`).toBeDefined();
  const [, argument = ""] = /\((\w+):\)$/.exec(coordinate) ?? [];
  const size = argument === "before" ? "last" : "first";
  const inside = selectionOf(schema.getType(String(of.field.type).replace("!", "")) as never, 1);
  const list = `${of.field.name}(${size}: 3, ${argument}: $cursor) ${inside}`;
  const held = (holder ?? []).reduceRight((inner, field) => `${field} { ${inner} }`, list);
  const query = `query($cursor: String) { ${held} }`;
  return ask<Record<string, unknown>>(query, { cursor }, { as: life.owner.token });
}

function cursorsIn(answer: unknown): string[] {
  if (typeof answer !== "object" || answer === null) return [];
  const edges = (answer as Partial<Page>).edges ?? [];
  return [...edges.map(({ cursor }) => cursor), ...Object.values(answer).flatMap(cursorsIn)];
}

/** The same position, with ids that do not exist. */
function strangerTo(cursor: string): string {
  const position = Buffer.from(cursor, "base64url").toString("utf8");
  const another = position.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, () => newId());
  return Buffer.from(another).toString("base64url");
}

describe("another's cursor reads only one's own list, like an invented one:", () => {
  test.each(cursors.map((place) => [place.coordinate, place] as const))(
    "%s",
    async (_at, place) => {
      const first = await pageOf(place, bob, null);
      const found = cursorsIn(first.data);
      expect(found, JSON.stringify(first)).not.toHaveLength(0);
      for (const cursor of found) {
        const [real, none] = await Promise.all([
          pageOf(place, ada, cursor),
          pageOf(place, ada, strangerTo(cursor)),
        ]);
        expect(codesOf(real)).toEqual(codesOf(none));
        expect(await trespasses(thingsIn(real.data), ada.owner.id)).toEqual([]);
      }
    },
  );

  function codesOf({ errors = [] }: Awaited<ReturnType<typeof pageOf>>) {
    return errors.map(({ message, extensions }) => [message, extensions.code]);
  }
});

/** Checks of keys that another person has already used. */
const KEYS: Readonly<Record<string, () => Promise<void>>> = {
  async "CreateEventInput.idempotencyKey"() {
    const input = { ...eventInput(), idempotencyKey: newId() };
    await freeForBoth("CreateEvent", input, input);
  },
  async "DuplicateEventInput.idempotencyKey"() {
    const [one, other] = [await aTokenHolder(), await aTokenHolder()];
    const wish = { startsAt: eventInput().startsAt, idempotencyKey: newId() };
    const [mine, theirs] = [await anEvent(one.token), await anEvent(other.token)];
    await freeForBoth("DuplicateEvent", { ...wish, eventId: mine }, { ...wish, eventId: theirs }, [
      one,
      other,
    ]);
  },
  async "RegisterForEventInput.idempotencyKey"() {
    const [one, other] = [await aPerson(), await aPerson()];
    const [eventId, elsewhere] = [await anEvent(one.token), await anEvent(one.token)];
    const wish = { idempotencyKey: newId() };
    const registration = await aRegistration(one.token, eventId, wish);
    for (const id of [eventId, elsewhere]) {
      const own = await register(other.token, id, wish);
      expect(own.__typename).toBe("RegisterForEventSuccess");
      expect(own.registration?.id).not.toBe(registration.id);
    }
  },
  ...Object.fromEntries(
    Object.keys(NONCES).map((place) => [place, () => expectFreeNonce(place as Nonce)]),
  ),
  async "ForwardMessageInput.clientMessageId"() {
    const { owner, friend, shared } = bob;
    const { id: messageId } = await aMessage(owner, shared);
    const input = { messageId, conversationId: shared, clientMessageId: newId() };
    const made = [
      await mutate("ForwardMessage", owner, input),
      await mutate("ForwardMessage", friend, input),
    ];
    expect(new Set(made.map(({ message }) => message?.id ?? "none")).size).toBe(2);
    for (const each of made) expect(each.__typename).toBe("ForwardMessageSuccess");
  },
  async "SendMessageInput.clientMessageId"() {
    const { owner, friend, shared, things } = bob;
    const wish = { clientMessageId: newId() };
    const { message } = await send(owner, shared, "mine", wish);
    const own = await send(friend, shared, "mine too", wish);
    expect(own.__typename).toBe("SendMessageSuccess");
    expect(own.message).not.toMatchObject({ id: message?.id });
    await send(owner, things.group, "secret", wish);
    expect(await refusedOf(friend, things.group, wish)).toEqual(
      await refusedOf(friend, newId(), wish),
    );
  },
};

/** Two people make drafts with the same key: both get one of their own. */
async function freeForBoth(
  name: string,
  first: object,
  second: object,
  people?: readonly TokenHolder[],
): Promise<void> {
  const [one, other] = people ?? [await aTokenHolder(), await aTokenHolder()];
  if (!one || !other) throw new Error("two people are needed");
  const made = [
    await resultOf(operation(name), first, one.token),
    await resultOf(operation(name), second, other.token),
  ];
  const ids = made.map(({ event }) => (event as { readonly id: string }).id);
  expect(new Set(ids).size).toBe(2);
}

async function refusedOf({ token }: Person, conversationId: string, wish: object) {
  const input = { conversationId, body: "secret", ...wish };
  const { data, errors } = await ask(operation("SendMessage"), { input }, { as: token });
  const problems = errors?.map(({ message, extensions }) => [message, extensions.code]);
  return [data, JSON.stringify(problems).replaceAll(conversationId, "<id>")];
}

test("every key that clients choose is tested", () => {
  const keys = Object.keys(TEXT_ARGUMENTS).filter((place) => TEXT_ARGUMENTS[place] === "key");
  expect(Object.keys(KEYS)).toEqual(keys);
});

test.each(Object.entries(KEYS))("a %s that another person used is free for oneself", (_at, story) =>
  story(),
);
