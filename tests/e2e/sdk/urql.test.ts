// urql on the router: what has to be set, and that queries, mutations and subscriptions then work,
// with the session of our client and documents by id.
import {
  type ClientOptions,
  type ExecutionResult,
  fetchExchange,
  mapExchange,
  subscriptionExchange,
  Client as Urql,
} from "@urql/core";
import { createClient as createSocket } from "graphql-ws";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import {
  ConversationEventsDocument,
  MeDocument,
  UpdateProfileDocument,
} from "../../../clients/sdk/generated/documents.ts";
import type { Session } from "../../../clients/sdk/index.ts";
import { idOf } from "../../../clients/sdk/sent-documents.ts";
import { aPerson } from "../../kit/stories.ts";
import { aGroup, aMessage, upTo } from "../messaging/harness.ts";
import { POLL, startClient, startLine } from "./harness.ts";

const byId = mapExchange({
  onOperation(operation) {
    const id = operation.kind === "teardown" ? null : idOf(operation.query);
    const persistedQuery = id && { version: 1 as const, sha256Hash: id };
    return persistedQuery ? { ...operation, extensions: { persistedQuery } } : operation;
  },
});

function startUrql(url: string, session: Session, options: Partial<ClientOptions> = {}) {
  const socket = createSocket({
    url: url.replace(/^http/, "ws"),
    webSocketImpl: WebSocket,
    connectionParams: async () => ({ authorization: `Bearer ${await session.accessToken()}` }),
  });
  onTestFinished(() => void socket.dispose());
  const subscriptions = subscriptionExchange({
    forwardSubscription: ({ query = "", ...request }) => ({
      subscribe: (sink) => ({
        unsubscribe: socket.subscribe(
          { ...request, query: request.extensions?.persistedQuery ? "" : query },
          { ...sink, next: (result) => sink.next(result as ExecutionResult) },
        ),
      }),
    }),
  });
  return new Urql({
    url,
    preferGetMethod: false,
    async fetch(input, init) {
      const headers = new Headers(init?.headers);
      headers.set("authorization", `Bearer ${await session.accessToken()}`);
      return fetch(input, { ...init, headers });
    },
    exchanges: [byId, fetchExchange, subscriptions],
    ...options,
  });
}

async function start(options?: Partial<ClientOptions>) {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const line = await startLine();
  const { session } = startClient(line, bob);
  return { ada, bob, urql: startUrql(line.router.url, session, options) };
}

test("its default, GET, is refused unless a header says that no other site sends it", async () => {
  const preferGetMethod = "within-url-limit";
  const refused = await start({ preferGetMethod });
  const { error } = await refused.urql.query(MeDocument, {});
  expect(error?.message).toContain("meetinity-preflight");
  const headers = { "meetinity-preflight": "1" };
  const { urql, bob } = await start({ preferGetMethod, fetchOptions: { headers } });
  expect((await urql.query(MeDocument, {})).data?.me?.id).toBe(bob.id);
});

test("with POST, queries and mutations go by id and are typed", async () => {
  const { urql, bob } = await start();
  const { data, error } = await urql.query(MeDocument, {});
  expect(error).toBeUndefined();
  expect(data?.me?.id).toBe(bob.id);
  const changed = await urql.mutation(UpdateProfileDocument, { input: { headline: "Here" } });
  expect(changed.data?.updateProfile.__typename).toBe("UpdateProfileSuccess");
});

test("subscriptions go over graphql-ws", async () => {
  const { urql, ada, bob } = await start();
  const conversationId = await aGroup(ada, [bob]);
  const seqs: (number | undefined)[] = [];
  const { unsubscribe } = urql
    .subscription(ConversationEventsDocument, { conversationId, after: 0 })
    .subscribe(({ data }) => seqs.push(data?.conversationEvents.seq));
  onTestFinished(() => unsubscribe());
  for (const _ of upTo(3)) await aMessage(ada, conversationId);
  await expect.poll(() => seqs, POLL).toEqual(upTo(3));
});
