// The list screen as in docs/guides/sockets.md: a client opens the stream first and reads the list
// second, and misses nothing in between.
import { expect, test } from "vitest";
import { operation } from "../../../schema/operations.ts";
import { dataOf } from "../../kit/client.ts";
import { connect } from "../../kit/socket.ts";
import { aPerson, aTokenHolder, type TokenHolder } from "../../kit/stories.ts";
import { aGroup, aMessage, upTo } from "./harness.ts";
import { type InboxEvent, type Position, person } from "./inbox-harness.ts";

/** The last seq that the screen has of each conversation. */
type Screen = Map<string, number>;

const LIST = `query($after: String) { conversations(first: 100, after: $after) {
  edges { node { id lastSeq } } } }`;

interface List {
  readonly conversations: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly lastSeq: number } }[];
  };
}

async function readList({ token }: TokenHolder): Promise<Screen> {
  const { conversations } = await dataOf<List>(LIST, {}, { as: token });
  return new Map(conversations.edges.map(({ node }) => [node.id, node.lastSeq]));
}

interface OwnPosition {
  readonly me: { readonly inboxSeq: number };
}

async function ownPosition({ token }: TokenHolder): Promise<OwnPosition> {
  return dataOf(operation("InboxPosition"), {}, { as: token });
}

const ADDED = `subscription($after: [StreamPositionInput!]) { inboxEvents(after: $after) {
  __typename streamId seq prevSeq ... on InboxOpened { positions { streamId seq } }
  ... on ConversationEvent { conversationId }
  ... on ConversationAdded { conversationId conversation { id lastSeq } } } }`;

/** Applies an event. Throws on a gap. */
function apply(screen: Screen, event: InboxEvent): void {
  const { __typename, conversationId = "", seq, prevSeq } = event;
  if (__typename === "ConversationAdded") {
    const { lastSeq = 0 } = event.conversation as { readonly lastSeq?: number };
    screen.set(conversationId, Math.max(screen.get(conversationId) ?? 0, lastSeq));
  } else if (event.streamId.startsWith("conversation:")) {
    const lastSeq = screen.get(conversationId);
    if (lastSeq === undefined)
      throw new Error("an event of a conversation that is not on the screen");
    if (seq <= lastSeq) return;
    if (prevSeq !== lastSeq) throw new Error(`${prevSeq} does not follow ${lastSeq}`);
    screen.set(conversationId, seq);
  }
}

/** Ada and Bob, with messages in their groups until the returned function is called. */
async function aBusyPair() {
  const [ada, bob] = await Promise.all([aTokenHolder(), aPerson()]);
  const groups = await Promise.all(upTo(3).map((at) => aGroup(ada, [bob], `g${at}`)));
  let isOver = false;
  const talk = async () => {
    for (let at = 0; !isOver; at += 1) {
      if (at % 7 === 3) groups.push(await aGroup(ada, [bob], `late ${at}`));
      await aMessage(ada, groups[at % groups.length] ?? "");
    }
  };
  const talking = talk();
  const finish = async () => {
    isOver = true;
    await talking;
  };
  return { bob, finish };
}

/** Reads events until the screen equals the list when read again. */
async function expectWhole(
  screen: Screen,
  bob: TokenHolder,
  next: () => Promise<InboxEvent>,
): Promise<void> {
  const list = await readList(bob);
  const lacks = () => [...list].some(([id, lastSeq]) => (screen.get(id) ?? -1) < lastSeq);
  while (lacks()) apply(screen, await next());
  expect(screen).toEqual(list);
}

test("a list that is read after the stream opens, and its events, together miss nothing", async () => {
  for (const _ of upTo(3)) {
    const { bob, finish } = await aBusyPair();
    const socket = await connect({ as: bob.token, router: 1 });
    const id = socket.subscribe(ADDED);
    const next = async () => (await socket.event<{ inboxEvents: InboxEvent }>(id)).inboxEvents;
    expect(await next()).toMatchObject({ __typename: "InboxOpened" });
    const screen = await readList(bob);
    for (const _ of upTo(20)) apply(screen, await next());
    await finish();
    await expectWhole(screen, bob, next);
    socket.close();
  }
}, 60_000);

test("an app with a stored list resumes by the position of its own stream", async () => {
  const { bob, finish } = await aBusyPair();
  const { me } = await ownPosition(bob);
  const screen = await readList(bob);
  const after: Position[] = [
    { streamId: person(bob.id), seq: me.inboxSeq },
    ...[...screen].map(([id, seq]) => ({ streamId: `conversation:${id}`, seq })),
  ];
  await finish();
  const socket = await connect({ as: bob.token });
  const id = socket.subscribe(ADDED, { after });
  await expectWhole(screen, bob, async () => {
    const { inboxEvents } = await socket.event<{ inboxEvents: InboxEvent }>(id);
    return inboxEvents;
  });
  socket.close();
}, 60_000);

test("a list that is read before the stream opens has a gap, which the events show", async () => {
  const [ada, bob] = await Promise.all([aTokenHolder(), aTokenHolder()]);
  const group = await aGroup(ada, [bob]);
  const screen = await readList(bob);
  await aMessage(ada, group, "in between");
  const socket = await connect({ as: bob.token });
  const id = socket.subscribe(ADDED);
  const next = async () => (await socket.event<{ inboxEvents: InboxEvent }>(id)).inboxEvents;
  expect(await next()).toMatchObject({ __typename: "InboxOpened" });
  await aMessage(ada, group, "behind");
  const event = await next();
  expect(() => apply(screen, event)).toThrow("1 does not follow 0");
  socket.close();
});
