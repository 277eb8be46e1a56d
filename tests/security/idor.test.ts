// For every argument that takes an id, the id of another person's object gets the same answer as an
// id that does not exist, and changes nothing. The arguments come from the schema: a new one fails
// here until matrix/arguments.ts describes it.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../kit/data/id.ts";
import { operation } from "../../schema/operations.ts";
import { mutate } from "../e2e/messaging/harness.ts";
import { dataOf } from "../kit/client.ts";
import { untilRows } from "../kit/database.ts";
import { connect } from "../kit/socket.ts";
import { aPerson, type Person } from "../kit/stories.ts";
import { ID_ARGUMENTS } from "./matrix/arguments.ts";
import { type Asker, anAsker, answerTextOf, askerOf } from "./matrix/asker.ts";
import { type Position, positionsOf } from "./matrix/schema.ts";
import { type Rows, rowsAbout } from "./matrix/state.ts";
import { aDirect } from "./matrix/talks.ts";
import { aLife, asAdmin, type Kind, type Life, type Things } from "./matrix/world.ts";

/**
 * Arguments whose answers never tell an id from an unknown one: a filter of a list that is null for
 * others, as `overview.test.ts` shows, and a type that counts as none, as `walk-ins.test.ts` does.
 */
const UNTOLD = ["Event.registrations(ticketType:)", "OfflineWalkInInput.ticketTypeId"];

const PLACES = positionsOf("ID").filter(({ coordinate }) => !UNTOLD.includes(coordinate));
const placed = (coordinate: string) => PLACES.filter((place) => place.coordinate === coordinate);
const NAMES = Object.keys(ID_ARGUMENTS);

interface Trying extends Asker {
  readonly things: Things;
  /** The kinds that this person may know, besides those that everybody may. */
  readonly open: Readonly<Record<string, readonly Kind[]>>;
  /** The kinds that are tried besides the expected one. Missing for all. */
  readonly tries?: readonly Kind[];
}

let bob: Life;
const trying: Record<string, Trying> = {};
let untouched: Rows;
let before: Awaited<ReturnType<typeof stateOf>>;

beforeAll(async () => {
  bob = await aLife("Bob");
  const { things } = bob;
  const [stranger, removed, blocked] = await Promise.all([aPerson(), aPerson(), aPerson()]);
  await comeAndGo(removed);
  const talk = await aDirect(bob.owner, blocked);
  await mutate("MarkRead", blocked, { conversationId: talk.direct, seq: 1 });
  await block(blocked);
  trying.stranger = { ...(await anAsker(stranger)), things, open: {} };
  trying.removed = { ...(await anAsker(removed)), things, open: {}, tries: OF_TALKS };
  trying.blocked = {
    ...{ ...(await anAsker(blocked)), things: { ...things, ...talk } },
    ...{ open: BLOCKED, tries: [...OF_TALKS, "person"] },
  };
  trying.anonymous = { ...(await anAsker(null)), things, open: {}, tries: [] };
  // Workers tell Bob of what was written to him, in two conversations.
  const told = "select from notification where person_id = $1 and kind = 'MESSAGE'";
  await untilRows("users", told, [bob.owner.id], 2);
  // And find that nothing can be pushed to his phone.
  const pushing = `select from job where kind = 'notices.push' and state = 'WAITING'
    and payload->>'personId' = $1`;
  await untilRows("users", pushing, [bob.owner.id], 0);
  before = await stateOf(bob);
  untouched = await rowsAbout(impersonal(things));
});
afterAll(() => {
  for (const { socket } of Object.values(trying)) socket.close();
});

const OF_TALKS: readonly Kind[] = [
  ...(["direct", "directMessage", "group", "message", "attachment"] as const),
  ...(["invite", "conversationStream"] as const),
];

/** Messages from before the block stay readable for both, and what is one's own stays open. */
const BLOCKED: Trying["open"] = {
  "Query.conversation(id:)": ["direct"],
  "Query.message(id:)": ["directMessage"],
  "MarkReadInput.conversationId": ["direct"],
  "MuteConversationInput.conversationId": ["direct"],
  "ArchiveConversationInput.conversationId": ["direct"],
  "MarkFavouriteInput.conversationId": ["direct"],
  "MarkUnreadInput.conversationId": ["direct"],
  "HideConversationInput.conversationId": ["direct"],
  "SaveDraftInput.conversationId": ["direct"],
  "ClearHistoryInput.conversationId": ["direct"],
  "DeleteMessageForMeInput.messageId": ["directMessage"],
  "ForwardMessageInput.messageId": ["directMessage"],
  "MarkThreadReadInput.messageId": ["directMessage"],
  "FollowThreadInput.messageId": ["directMessage"],
  "OpenDirectConversationInput.userId": ["person"],
};

async function comeAndGo(person: Person): Promise<void> {
  const conversationId = bob.things.group;
  await mutate("AddMembers", bob.owner, { conversationId, userIds: [person.id] });
  await mutate("RemoveMember", bob.owner, { conversationId, userId: person.id });
}

async function block({ id }: Person): Promise<void> {
  await dataOf(operation("BlockUser"), { input: { userId: id } }, { as: bob.owner.token });
  for (const subgraph of ["events", "matching", "messaging"]) {
    await untilRows(subgraph, "select from block where blocked_id = $1", [id], 1);
  }
}

/** All but the person: their own log gets an entry for each conversation that adds them. */
function impersonal({ person: _, personStream: __, ...things }: Things): string[] {
  return Object.values(things);
}

/** The rows about Bob's things, and his own view of them. */
async function stateOf({ owner, things }: Life) {
  const rows = await rowsAbout(Object.values(things));
  const socket = await connect({ as: owner.token });
  const asking = askerOf(owner, socket, things);
  const queries = PLACES.filter(({ of }) => of.type.name === "Query");
  const pairs = queries.flatMap((place) => Object.values(things).map((id) => [place, id] as const));
  const read = await Promise.all(pairs.map(([place, id]) => answerTextOf(asking, place, id)));
  socket.close();
  return { rows, read };
}

test("every id argument is in the table", () => {
  const places = new Set(PLACES.map(({ coordinate }) => coordinate));
  expect(NAMES.toSorted(), "say in matrix/arguments.ts what it wants").toEqual([...places].sort());
});

/** An id that does not exist, in the same form as another. */
function unknownLike(id: string): string {
  return id.replace(/[0-9a-f-]{36}$/, newId());
}

type Spelling = (id: string) => string;

/** Compares the answers to a thing's id and to an id that does not exist. */
function comparer(asking: Asker, place: Position, spell: Spelling = (id) => id) {
  const unknown = new Map<string, Promise<string>>();
  return async (id: string) => {
    const prefix = id.slice(0, -36);
    const none = unknown.get(prefix) ?? answerTextOf(asking, place, spell(unknownLike(id)));
    unknown.set(prefix, none);
    const [real, nothing] = [await answerTextOf(asking, place, spell(id)), await none];
    return real === nothing ? null : { real, nothing };
  };
}

function closedKinds({ things, open, tries }: Trying, coordinate: string): Kind[] {
  const { wants, open: known = [] } = ID_ARGUMENTS[coordinate] ?? {};
  const mayKnow = [...known, ...(open[coordinate] ?? [])];
  return (Object.keys(things) as Kind[])
    .filter((kind) => !tries || kind === wants || tries.includes(kind))
    .filter((kind) => !mayKnow.includes(kind));
}

async function expectNothing(name: string, coordinate: string): Promise<void> {
  const asker = trying[name];
  if (!asker) throw new Error(`there is no person ${name}`);
  for (const place of placed(coordinate)) {
    const kinds = closedKinds(asker, coordinate);
    const learned = comparer(asker, place);
    const found = await Promise.all(
      kinds.map(async (kind) => [kind, await learned(asker.things[kind])]),
    );
    expect(Object.fromEntries(found), place.of.coordinate).toEqual(
      Object.fromEntries(kinds.map((kind) => [kind, null])),
    );
  }
}

const named = NAMES.filter((coordinate) => !ID_ARGUMENTS[coordinate]?.takesAnybody);
const forAnybody = NAMES.filter((coordinate) => ID_ARGUMENTS[coordinate]?.takesAnybody);

describe.each(["stranger", "removed", "blocked", "anonymous"])("%s learns nothing", (name) => {
  test.each(named)("at %s", (coordinate) => expectNothing(name, coordinate));
});

const SPELLINGS: Readonly<Record<string, (id: string) => string>> = {
  capitals: (id) => id.toUpperCase(),
  braces: (id) => id.replace(/[0-9a-f-]{36}$/, "{$&}"),
  "without hyphens": (id) => id.replaceAll("-", ""),
  spaces: (id) => ` ${id} `,
};

describe.each(Object.entries(SPELLINGS))("an id in %s reveals nothing", (_how, spell) => {
  test.each(named)("at %s", async (coordinate) => {
    const asker = trying.removed as Trying;
    const { wants } = ID_ARGUMENTS[coordinate] ?? { wants: "person" };
    if (!closedKinds(asker, coordinate).includes(wants)) return;
    for (const place of placed(coordinate)) {
      expect(await comparer(asker, place, spell)(asker.things[wants])).toBeNull();
    }
  });
});

test.each(NAMES)("an invalid id finds nothing at %s, and is no bug", async (coordinate) => {
  for (const place of placed(coordinate)) {
    for (const text of ["", "0", "no id", "person:", "%", "\0", "ß".repeat(300)]) {
      await answerTextOf(trying.stranger as Trying, place, text);
    }
  }
});

test("nothing is changed in any table or for the owner", async () => {
  expect(await stateOf(bob)).toEqual(before);
});

describe("where any person may be named, all get the same answer and nothing changes", () => {
  test.each(forAnybody)("at %s", async (coordinate) => {
    for (const name of Object.keys(trying)) await expectNothing(name, coordinate);
    const now = await rowsAbout(impersonal(bob.things));
    for (const [table, rows] of Object.entries(untouched)) {
      expect(now[table], table).toEqual(expect.arrayContaining([...rows]));
    }
  });
});

const open = NAMES.flatMap((place) =>
  (ID_ARGUMENTS[place]?.open ?? []).map((kind) => [place, kind]),
);

test.each(open as [string, Kind][])(
  "%s accepts the id of a %s from everybody",
  async (at, kind) => {
    const asker = trying.stranger as Trying;
    for (const place of placed(at))
      expect(await comparer(asker, place)(bob.things[kind])).not.toBeNull();
  },
);

test("the owner gets another answer at every argument, so the comparison can fail", async () => {
  const { owner, friend, colleague, things } = await aLife("Grace");
  const admin = await asAdmin(owner);
  const socket = await connect({ as: admin.token });
  const asker = { ...askerOf(admin, socket, things), patienceMs: 500 };
  const ids = (wants: Kind) => [things[wants], ...Object.values(things), friend.id, colleague.id];
  const same: string[] = [];
  for (const coordinate of named) {
    for (const place of placed(coordinate)) {
      let found: unknown = null;
      for (const id of ids(ID_ARGUMENTS[coordinate]?.wants ?? "person")) {
        found ??= await comparer(asker, place)(id);
      }
      if (found === null) same.push(`${coordinate} of ${place.of.coordinate}`);
    }
  }
  expect(same).toEqual([]);
  socket.close();
}, 180_000);
