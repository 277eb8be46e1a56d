// Feeds, frame by frame, at the subgraphs' own ports: every event once, with the viewers whom it
// revokes, and only for an audience.
import { beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import type { Identity } from "../../../kit/trust/identity.ts";
import { codeOf } from "../../kit/socket.ts";
import { anEvent, aPerson, register, type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import {
  AUDIENCE,
  asViewer,
  connectToSubgraph,
  payloadOf,
  replicaUrl,
  type SubgraphSocket,
} from "../../kit/subgraph-socket.ts";
import { aGroup, aMessage, mutate, upTo, WATCH } from "../messaging/harness.ts";

const SEQ = `subscription($conversationId: ID!, $after: Int) {
  conversationEvents(conversationId: $conversationId, after: $after) { seq } }`;

let ada: TokenHolder;
let bob: TokenHolder;
let cy: TokenHolder;
let group: string;
beforeEach(async () => {
  [ada, bob, cy] = await tokenHolders(3);
  group = await aGroup(ada, [bob, cy]);
});

interface Wish {
  readonly query?: string;
  readonly window?: number;
  readonly after?: number;
}

/** Opens the feed of a conversation. */
function feed(socket: SubgraphSocket, conversationId: string, { after, ...wish }: Wish = {}) {
  const live = { mode: "feed", shareKey: `conversation:${conversationId}` };
  const variables = { conversationId, after };
  return socket.subscribe({ query: SEQ, ...wish, variables, identity: AUDIENCE, live });
}

const opened = (position: number) => ({ data: null, extensions: { live: { opened: position } } });

const storedAt = expect.any(Number);
const event = (seq: number, facts: object = {}) => ({
  data: { conversationEvents: { seq } },
  extensions: { live: { position: seq, previous: seq - 1, storedAt, ...facts } },
});

describe.each([0, 1])("the feed of a conversation at replica %i", (replica) => {
  let socket: SubgraphSocket;
  beforeEach(async () => {
    socket = await connectToSubgraph(replicaUrl("messaging", replica));
    return () => socket.close();
  });

  test("begins at the head, sends its position, and then the entries of both replicas", async () => {
    await aMessage(ada, group);
    const id = await feed(socket, group);
    expect(await payloadOf(socket, id)).toEqual(opened(1));
    await aMessage(ada, group, "m2", 0);
    await aMessage(bob, group, "m3", 1);
    for (const seq of [2, 3]) expect(await payloadOf(socket, id)).toEqual(event(seq));
  });

  test("begins after a requested position, and names the members whom earlier entries removed", async () => {
    await aMessage(ada, group);
    await mutate("LeaveConversation", bob, { conversationId: group });
    for (const _ of upTo(60)) await aMessage(ada, group);
    const id = await feed(socket, group, { after: 1 });
    expect(await payloadOf(socket, id)).toEqual(opened(1));
    expect(await payloadOf(socket, id)).toEqual(event(2, { revoked: [bob.id] }));
    for (const at of upTo(60)) expect(await payloadOf(socket, id)).toEqual(event(at + 2));
    await aMessage(ada, group);
    expect(await payloadOf(socket, id)).toEqual(event(63));
    expect(codeOf(await socket.next(await feed(socket, group, { after: 64 })))).toBe(
      "RESYNC_REQUIRED",
    );
  });

  test("flags entries that change earlier ones", async () => {
    const id = await feed(socket, group);
    await payloadOf(socket, id);
    const { id: messageId } = await aMessage(ada, group, "hello");
    await mutate("AddReaction", bob, { messageId, emoji: "👍" });
    await mutate("EditMessage", ada, { messageId, body: "hullo" });
    await mutate("DeleteMessage", ada, { messageId });
    const rewrites = { rewrites: true };
    const expected = [event(1), event(2), event(3, rewrites), event(4, rewrites)];
    for (const each of expected) expect(await payloadOf(socket, id)).toEqual(each);
  });

  test("revokes a removed member on the frame of that entry, and goes on for the others", async () => {
    const id = await feed(socket, group);
    await payloadOf(socket, id);
    await aMessage(ada, group);
    await mutate("RemoveMember", ada, { conversationId: group, userId: bob.id });
    await mutate("LeaveConversation", cy, { conversationId: group });
    await aMessage(ada, group);
    const outs = [event(2, { revoked: [bob.id] }), event(3, { revoked: [cy.id] })];
    const expected = [event(1), ...outs, event(4)];
    for (const each of expected) expect(await payloadOf(socket, id)).toEqual(each);
  });

  test("sends a block in its own frame, at its position", async () => {
    const pair = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
    const [one, other] = pair;
    const { conversation } = await mutate("OpenDirectConversation", one, { userId: other.id });
    const direct = conversation?.id ?? "";
    const id = await feed(socket, direct);
    expect(await payloadOf(socket, id)).toEqual(opened(0));
    await aMessage(one, direct);
    expect(await payloadOf(socket, id)).toEqual(event(1));
    await mutate("BlockUser", one, { userId: other.id });
    const revoked = pair.map((person) => person.id).sort();
    expect(await payloadOf(socket, id)).toEqual({
      data: null,
      extensions: { live: { position: 1, revoked } },
    });
  });

  test("resolves shared fields of events, and no private ones", async () => {
    const query = WATCH.replaceAll("reactions {", "reactions { isViewerAmong");
    const [open, private_] = [
      await feed(socket, group, { query: WATCH }),
      await feed(socket, group, { query }),
    ];
    for (const id of [open, private_]) await payloadOf(socket, id);
    const { id: messageId } = await aMessage(ada, group, "hello");
    await mutate("AddReaction", bob, { messageId, emoji: "👍" });
    const reactions = [{ emoji: "👍", count: 1 }];
    await payloadOf(socket, open);
    expect(await payloadOf(socket, open)).toMatchObject({
      data: { conversationEvents: { seq: 2, message: { body: "hello", reactions } } },
    });
    await payloadOf(socket, private_);
    expect(await payloadOf(socket, private_)).toMatchObject({
      data: { conversationEvents: { seq: 2, message: null } },
      errors: [{ extensions: { code: "FORBIDDEN" } }],
      extensions: { live: { position: 2, previous: 1 } },
    });
  });

  test("pauses for a slow receiver, and then goes on without a gap", async () => {
    const id = await feed(socket, group, { window: 3 });
    const free = await feed(socket, group);
    expect(await payloadOf(socket, id)).toEqual(opened(0));
    await payloadOf(socket, free);
    for (const _ of upTo(300)) await aMessage(ada, group);
    for (const seq of upTo(300)) expect(await payloadOf(socket, free)).toEqual(event(seq));
    for (const seq of [1, 2]) expect(await payloadOf(socket, id)).toEqual(event(seq));
    await expect(socket.next(id, 1)).rejects.toThrow("no frame");
    for (const seq of upTo(298).map((at) => at + 2)) {
      socket.taken(id, 1);
      expect(await payloadOf(socket, id)).toEqual(event(seq));
    }
  }, 60_000);
});

test("the registrations of an event have a feed, of a draft too", async () => {
  const socket = await connectToSubgraph(replicaUrl("events"));
  const query = `subscription($eventId: ID!) { registrationUpdated(eventId: $eventId) {
    seq prevSeq event { title } registration { status attendee { id } } } }`;
  for (const isDraft of [true, false]) {
    const eventId = await anEvent(ada.token, { title: "Talks", isDraft });
    const live = { mode: "feed", shareKey: `event:${eventId}` };
    const id = await socket.subscribe({ query, variables: { eventId }, identity: AUDIENCE, live });
    expect(await payloadOf(socket, id)).toEqual(opened(0));
    await register(ada.token, eventId);
    expect(await payloadOf(socket, id)).toEqual({
      data: {
        registrationUpdated: {
          seq: 1,
          prevSeq: 0,
          event: { title: "Talks" },
          registration: { status: "CONFIRMED", attendee: { id: ada.id } },
        },
      },
      extensions: { live: { position: 1, previous: 0, storedAt } },
    });
  }
  socket.close();
});

describe("these are refused:", () => {
  const key = () => ({ mode: "feed", shareKey: `conversation:${group}` });
  const nobody: Identity = { kind: "anonymous" };

  test.each<readonly [string, () => unknown, () => Identity, string]>([
    ["an audience without a mode", () => undefined, () => AUDIENCE, "FORBIDDEN"],
    ["the control stream of an audience", () => ({ mode: "control" }), () => AUDIENCE, "FORBIDDEN"],
    ["the feed of a member", key, () => asViewer(ada.id), "FORBIDDEN"],
    ["the feed of an anonymous client", key, () => nobody, "FORBIDDEN"],
    ["another mode", () => ({ mode: "all" }), () => asViewer(ada.id), "BAD_REQUEST"],
    ["an invalid mode", () => "feed", () => AUDIENCE, "BAD_REQUEST"],
    ["a feed without a key", () => ({ mode: "feed" }), () => AUDIENCE, "BAD_REQUEST"],
    [
      "a key that is not a string",
      () => ({ ...key(), shareKey: 7 }),
      () => AUDIENCE,
      "BAD_REQUEST",
    ],
    ["an empty key", () => ({ ...key(), shareKey: "" }), () => AUDIENCE, "BAD_REQUEST"],
    ["a long key", () => ({ ...key(), shareKey: "k".repeat(201) }), () => AUDIENCE, "BAD_REQUEST"],
    ["a bare id as key", () => ({ ...key(), shareKey: group }), () => AUDIENCE, "FORBIDDEN"],
    [
      "the key of another conversation",
      () => ({ ...key(), shareKey: `conversation:${newId()}` }),
      () => AUDIENCE,
      "FORBIDDEN",
    ],
    [
      "a person's stream as key",
      () => ({ ...key(), shareKey: `person:${ada.id}` }),
      () => AUDIENCE,
      "FORBIDDEN",
    ],
  ])("%s", async (_what, live, identity, code) => {
    const socket = await connectToSubgraph(replicaUrl("messaging"));
    const variables = { conversationId: group };
    const request = { query: SEQ, variables, identity: identity(), live: live() };
    const frame = await socket.next(await socket.subscribe(request));
    expect([frame.type, codeOf(frame)]).toEqual(["error", code]);
    socket.close();
  });

  test("a feed of a missing conversation", async () => {
    const socket = await connectToSubgraph(replicaUrl("messaging"));
    for (const id of [newId(), "nonsense"]) {
      expect(codeOf(await socket.next(await feed(socket, id)))).toBe("NOT_FOUND");
    }
    socket.close();
  });

  test("a feed of a subscription that is not shared", async () => {
    const queries = {
      messaging: "subscription { inboxEvents { seq } }",
      events: "subscription { viewerRegistrationUpdated { seq } }",
      matching: "subscription { matchCreated { seq } }",
    };
    for (const [subgraph, query] of Object.entries(queries)) {
      const socket = await connectToSubgraph(replicaUrl(subgraph));
      const live = { mode: "feed", shareKey: `person:${ada.id}` };
      const frame = await socket.next(await socket.subscribe({ query, identity: AUDIENCE, live }));
      expect(codeOf(frame)).toBe("FORBIDDEN");
      socket.close();
    }
  });
});
