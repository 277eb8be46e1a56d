// Subscriptions that share no feed: with another document, other variables or another conversation,
// and those with private fields.
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "../../kit/socket.ts";
import { type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { replicaUrl } from "../../kit/subgraph-socket.ts";
import { aGroup, aMessage } from "../messaging/harness.ts";
import {
  SEQ,
  type SharingRouter,
  startSharingRouter,
  type WatchOptions,
  watchAt,
} from "./sharing-router.ts";

const POLL = { interval: 20, timeout: 20_000 };

let router: SharingRouter;
let ada: TokenHolder;
let bob: TokenHolder;
let group: string;
beforeAll(async () => {
  router = await startSharingRouter(replicaUrl("messaging"));
  [ada, bob] = await tokenHolders(2);
  group = await aGroup(ada, [bob]);
  await aMessage(ada, group, "before");
});
afterAll(() => router.stop());

const selecting = (selection: string, more = "") =>
  `subscription($conversationId: ID!, $after: Int${more}) {
    conversationEvents(conversationId: $conversationId, after: $after) { ${selection} } }`;

/** The number of feeds when clients watch all of these at once. Each has received an event. */
async function sharedBy(
  wishes: readonly (Partial<WatchOptions> & { readonly as?: TokenHolder })[],
) {
  const watchers = await Promise.all(
    wishes.map(({ as = ada, ...wish }) =>
      watchAt(router, as, { conversationId: group, after: 0, ...wish }),
    ),
  );
  const events = await Promise.all(watchers.map((watcher) => watcher.event()));
  const feeds = await router.feeds();
  for (const watcher of watchers) watcher.close();
  await expect.poll(() => router.feeds(), POLL).toBe(0);
  return { feeds, events };
}

test("equal subscriptions share one stream, and each different one has its own", async () => {
  const other = await aGroup(ada, [bob]);
  await aMessage(ada, other);
  const alike = [{}, { as: bob }, { query: SEQ.replaceAll(" ", "  ") }];
  expect((await sharedBy(alike)).feeds).toBe(1);
  const when = selecting("seq createdAt @include(if: $when)", ", $when: Boolean!");
  const differing = [
    {},
    { conversationId: other },
    { query: selecting("seq") },
    { query: selecting("position: seq prevSeq") },
    { query: when, variables: { when: true } },
    { query: when, variables: { when: false } },
  ];
  const { feeds, events } = await sharedBy(differing);
  expect(feeds).toBe(differing.length);
  expect(events.slice(4).map((event) => event.includes("createdAt"))).toEqual([true, false]);
});

test.each([
  ["their own reaction", "seq ... on MessageSent { message { reactions { isViewerAmong } } }"],
  [
    "their own view of a person",
    "seq ... on MessageSent { message { sender { isBlockedByViewer } } }",
  ],
  [
    "their place in a conversation",
    "seq ... on MessageSent { message { conversation { unreadCount } } }",
  ],
])("a document that reads %s is not shared", async (_what, selection) => {
  const { feeds, events } = await sharedBy([
    { query: selecting(selection) },
    { query: selecting(selection), as: bob },
  ]);
  expect(feeds).toBe(0);
  for (const event of events) expect(JSON.parse(event).errors).toBeUndefined();
});

test("an anonymous client is refused, although others share", async () => {
  const sharing = await watchAt(router, ada, { conversationId: group, after: 0 });
  await sharing.event();
  const socket = await connect({ url: router.url });
  const { type, payload } = await socket.next(
    socket.subscribe(SEQ, { conversationId: group, after: 0 }),
  );
  expect([type, JSON.stringify(payload)]).toEqual([
    "error",
    expect.stringContaining("UNAUTHENTICATED"),
  ]);
  sharing.close();
  socket.close();
});
