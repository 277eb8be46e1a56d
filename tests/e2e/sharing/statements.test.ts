// SQL statements of shared streams: none for idle control streams, and one execution of each event
// for any number of watchers.
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGroupConversation } from "../../../subgraphs/messaging/conversations/actions.ts";
import { removeMember } from "../../../subgraphs/messaging/members/actions.ts";
import { sendMessage } from "../../../subgraphs/messaging/messages/actions.ts";
import { countingPool } from "../../kit/database.ts";
import { aTokenHolder } from "../../kit/stories.ts";
import {
  AUDIENCE,
  asViewer,
  connectToSubgraph,
  payloadOf,
  type SubgraphSocket,
} from "../../kit/subgraph-socket.ts";
import { upTo } from "../messaging/harness.ts";
import { type Replica, startReplica } from "./replica.ts";

const VIEWERS = 20;
const EVENTS = 10;
const WATCH = `subscription($conversationId: ID!, $after: Int) {
  conversationEvents(conversationId: $conversationId, after: $after) {
    seq ... on MessageSent { message { body } } } }`;

const { pool, statements } = countingPool("messaging");
/** Serves the streams. Its statements are counted, and no checkpoint runs meanwhile. */
let counted: Replica;
/** Does the writes. */
let writing: Replica;
let socket: SubgraphSocket;
beforeAll(async () => {
  counted = await startReplica({ pool, pollMs: 3_600_000 });
  writing = await startReplica();
  socket = await connectToSubgraph(counted.url);
});
afterAll(async () => {
  socket.close();
  await Promise.all([counted.stop(), writing.stop()]);
  await pool.end();
});

async function aGroup() {
  const [ada, { id: bob }] = [writing.as((await aTokenHolder()).id), await aTokenHolder()];
  const made = await createGroupConversation(ada, { title: "Talk", memberIds: [bob] });
  if (made.kind !== "created") throw new Error("no group was created");
  const { conversationId } = made;
  const say = (body: string) =>
    sendMessage(ada, { conversationId, clientMessageId: body, replyToId: null, body });
  const out = () => removeMember(ada, conversationId, bob);
  return { conversationId, bob, say, out };
}

/** Control streams of a person, once they are silent. */
async function silentControls(conversationId: string, personId: string, count: number) {
  const identity = asViewer(personId);
  const ids: string[] = [];
  for (const _ of upTo(count)) {
    const variables = { conversationId };
    const request = { query: WATCH, variables, identity, live: { mode: "control" } };
    ids.push(await socket.subscribe(request));
  }
  for (const id of ids) {
    for (const more of [true, false]) {
      const { extensions } = await payloadOf(socket, id);
      expect(extensions?.live).toMatchObject({ more });
    }
  }
  return ids;
}

const namesOf = (sent: readonly string[]) =>
  sent.map((sql) => /\/\* (\S+) \*\//.exec(sql)?.[1] ?? sql);

test.each([1, VIEWERS])(
  "SQL statements of %i control streams are at most two each to open, and none afterwards",
  async (count) => {
    const { conversationId, bob, say, out } = await aGroup();
    statements();
    const ids = await silentControls(conversationId, bob, count);
    const opening = namesOf(statements());
    expect(new Set(opening)).toEqual(new Set(["messaging.admissions.find", "logs.heads.read"]));
    expect(opening.length).toBeLessThanOrEqual(2 * count);
    for (const at of upTo(EVENTS)) await say(`m${at}`);
    await out();
    for (const id of ids) {
      const { extensions } = await payloadOf(socket, id);
      expect(extensions?.live).toEqual({ position: EVENTS + 1, last: true });
    }
    expect(statements()).toEqual([]);
  },
);

test("SQL statements of a replay are two for a page", async () => {
  const { conversationId, bob, say } = await aGroup();
  for (const at of upTo(EVENTS)) await say(`m${at}`);
  const variables = { conversationId, after: 0 };
  const request = { query: WATCH, variables, identity: asViewer(bob), live: { mode: "control" } };
  const id = await socket.subscribe({ ...request, window: 64 });
  await payloadOf(socket, id);
  statements();
  socket.taken(id, 1);
  for (const at of upTo(EVENTS)) {
    expect(await payloadOf(socket, id)).toMatchObject({
      data: { conversationEvents: { seq: at, message: { body: `m${at}` } } },
    });
  }
  expect(namesOf(statements())).toEqual(["logs.entries.read", "messaging.messages.find"]);
});

test("SQL statements of a feed are two to open, and those of one execution for each event", async () => {
  const { conversationId, bob, say } = await aGroup();
  await silentControls(conversationId, bob, VIEWERS);
  statements();
  const live = { mode: "feed", shareKey: `conversation:${conversationId}` };
  const request = { query: WATCH, variables: { conversationId }, identity: AUDIENCE, live };
  const id = await socket.subscribe(request);
  await payloadOf(socket, id);
  expect(namesOf(statements())).toEqual(["messaging.places.find", "logs.heads.read"]);
  for (const at of upTo(EVENTS)) {
    await say(`m${at}`);
    expect(await payloadOf(socket, id)).toMatchObject({
      data: { conversationEvents: { seq: at, message: { body: `m${at}` } } },
    });
  }
  expect(namesOf(statements())).toEqual(upTo(EVENTS).map(() => "messaging.messages.shared"));
});

test("SQL statements of feeds that open together are a few for all", async () => {
  const groups = await Promise.all(upTo(VIEWERS).map(aGroup));
  for (const { say } of groups) await say("m1");
  statements();
  const ids = await Promise.all(
    groups.map(({ conversationId }) => {
      const live = { mode: "feed", shareKey: `conversation:${conversationId}` };
      const variables = { conversationId, after: 0 };
      return socket.subscribe({ query: WATCH, variables, identity: AUDIENCE, live });
    }),
  );
  for (const id of ids) {
    expect(await payloadOf(socket, id)).toMatchObject({ extensions: { live: { opened: 0 } } });
    expect(await payloadOf(socket, id)).toMatchObject({
      data: { conversationEvents: { seq: 1, message: { body: "m1" } } },
    });
  }
  const sent = namesOf(statements());
  const ofOne = [
    "messaging.places.find",
    "logs.heads.read",
    "logs.entries.read",
    "messaging.messages.shared",
  ];
  expect(new Set(sent)).toEqual(new Set(ofOne));
  // One of each for all that are read in one turn. They may take several turns.
  expect(sent.length).toBeLessThanOrEqual((ofOne.length * VIEWERS) / 4);
});
