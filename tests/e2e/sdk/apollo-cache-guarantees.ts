// Guarantees of the policies for Apollo Client's cache, against a router that runs documents by id
// alone. They are run with both versions that the package supports.
import { type DocumentNode, Kind, OperationTypeNode } from "graphql";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  ConversationPageDocument,
  ConversationsDocument,
  FindEventsDocument,
  SendMessageDocument,
} from "../../../clients/sdk/generated/documents.ts";
import { newId } from "../../../kit/data/id.ts";
import { anEvent, aPerson } from "../../kit/stories.ts";
import { aGroup, aMessage, upTo } from "../messaging/harness.ts";
import { type Apollo, show, startApollo } from "./apollo-harness.ts";
import { POLL, startClient, startLine } from "./harness.ts";

/** Apollo Client 4 stops a query that would read the same for ever, and warns. */
const HALTED = /^Apollo Client stopped refetching/;

async function start({ mayHalt = false } = {}) {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  const line = await startLine();
  let requests = 0;
  const client = startClient(line, bob, {
    fetch(_url, init) {
      requests += 1;
      return fetch(line.router.url, init);
    },
  });
  const warnings: unknown[][] = [];
  const warn = vi.spyOn(console, "warn").mockImplementation((...all) => warnings.push(all));
  onTestFinished(() => {
    warn.mockRestore();
    const others = warnings.filter(([text]) => !(mayHalt && HALTED.test(String(text))));
    expect(others).toEqual([]);
  });
  return { ada, bob, apollo: startApollo(client), requests: () => requests };
}

/** A group with this many messages. */
async function aTalk(
  { ada, bob }: Pick<Awaited<ReturnType<typeof start>>, "ada" | "bob">,
  count: number,
) {
  const id = await aGroup(ada, [bob]);
  for (const at of upTo(count)) await aMessage(ada, id, `message ${at}`);
  return id;
}

type PageVariables = Partial<Record<"first" | "last" | "aroundSeq", number>>;

/** A screen with a conversation: what it shows, and how it goes on. */
function openConversation(apollo: Apollo, id: string, variables: PageVariables) {
  const query = apollo.watchQuery({
    query: ConversationPageDocument,
    variables: { id, ...variables },
  });
  show(query);
  const messages = () => query.getCurrentResult().data?.conversation?.messages;
  const seqs = () => messages()?.edges?.map((edge) => edge?.node?.seq);
  const page = { first: null, last: null, aroundSeq: null };
  return {
    query,
    seqs,
    earlier: (last: number) =>
      query.fetchMore({
        variables: { ...page, last, before: messages()?.pageInfo?.startCursor ?? null },
      }),
    later: (first: number) =>
      query.fetchMore({
        variables: { ...page, first, after: messages()?.pageInfo?.endCursor ?? null },
      }),
    ends: () => {
      const { hasPreviousPage, hasNextPage } = messages()?.pageInfo ?? {};
      return { hasPreviousPage, hasNextPage };
    },
  };
}

test("messages have pages both ways around a position, in order and each once", async () => {
  const { apollo, ...people } = await start();
  const id = await aTalk(people, 14);
  const screen = openConversation(apollo, id, { aroundSeq: 7, first: 4 });
  await expect.poll(screen.seqs, POLL).toEqual([6, 7, 8, 9]);
  await screen.earlier(3);
  await expect.poll(screen.seqs, POLL).toEqual([3, 4, 5, 6, 7, 8, 9]);
  await screen.later(3);
  await expect.poll(screen.seqs, POLL).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(screen.ends()).toEqual({ hasPreviousPage: true, hasNextPage: true });
  await Promise.all([screen.earlier(5), screen.later(5)]);
  await expect.poll(screen.seqs, POLL).toEqual(upTo(14));
  expect(screen.ends()).toEqual({ hasPreviousPage: false, hasNextPage: false });
});

test("a conversation is shown from its end, and a refetch replaces what was read", async () => {
  const { apollo, ...people } = await start();
  const id = await aTalk(people, 6);
  const screen = openConversation(apollo, id, { last: 2 });
  await expect.poll(screen.seqs, POLL).toEqual([5, 6]);
  await screen.earlier(2);
  await expect.poll(screen.seqs, POLL).toEqual([3, 4, 5, 6]);
  await aMessage(people.ada, id, "another");
  await screen.query.refetch();
  await expect.poll(screen.seqs, POLL).toEqual([6, 7]);
  expect(screen.ends()).toEqual({ hasPreviousPage: true, hasNextPage: false });
  await screen.earlier(9);
  await expect.poll(screen.seqs, POLL).toEqual(upTo(7));
});

test("a position outside of what was read is read, and another one inside is not", async () => {
  const { apollo, requests, ...people } = await start();
  const id = await aTalk(people, 12);
  const screen = openConversation(apollo, id, { last: 2 });
  await expect.poll(screen.seqs, POLL).toEqual([11, 12]);
  await screen.query.setVariables({ id, aroundSeq: 4, first: 4 });
  await expect.poll(screen.seqs, POLL).toEqual([3, 4, 5, 6]);
  const before = requests();
  await screen.query.setVariables({ id, aroundSeq: 5, first: 4 });
  expect(screen.seqs()).toEqual([3, 4, 5, 6]);
  expect(requests()).toBe(before);
  await screen.query.setVariables({ id, last: 2 });
  await expect.poll(screen.seqs, POLL).toEqual([11, 12]);
});

test("two screens of one conversation do not make each other read for ever", async () => {
  const { apollo, requests, ...people } = await start({ mayHalt: true });
  const id = await aTalk(people, 12);
  const one = openConversation(apollo, id, { last: 2 });
  await expect.poll(one.seqs, POLL).toEqual([11, 12]);
  const two = openConversation(apollo, id, { aroundSeq: 3, first: 2 });
  await expect.poll(two.seqs, POLL).toEqual([3, 4]);
  await aMessage(people.ada, id);
  await two.later(2);
  await two.later(2);
  expect(requests()).toBeLessThan(10);
});

test("the list of conversations goes on below, and shows each once", async () => {
  const { apollo, ...people } = await start();
  const ids: string[] = [];
  for (const _ of upTo(5)) ids.unshift(await aTalk(people, 1));
  const query = apollo.watchQuery({ query: ConversationsDocument, variables: { first: 2 } });
  show(query);
  const page = () => query.getCurrentResult().data?.conversations;
  const shown = () => page()?.edges?.map((edge) => ids.indexOf(edge?.node?.id ?? ""));
  await expect.poll(shown, POLL).toEqual([0, 1]);
  const later = () =>
    query.fetchMore({ variables: { after: page()?.pageInfo?.endCursor ?? null } });
  await later();
  await expect.poll(shown, POLL).toEqual([0, 1, 2, 3]);
  await aMessage(people.ada, ids[4] ?? "");
  await later();
  await expect.poll(() => page()?.pageInfo?.hasNextPage, POLL).toBe(false);
  expect(shown()).toEqual([0, 1, 2, 3]);
  await query.refetch();
  await expect.poll(shown, POLL).toEqual([4, 0]);
});

test("a list that shows the last message leaves an open conversation as it is", async () => {
  const { apollo, requests, ...people } = await start();
  const id = await aTalk(people, 5);
  const screen = openConversation(apollo, id, { last: 4 });
  await expect.poll(screen.seqs, POLL).toEqual([2, 3, 4, 5]);
  const { data } = await apollo.query({ query: ConversationsDocument, variables: { first: 5 } });
  expect(data?.conversations.edges[0]?.node.messages.edges).toMatchObject([{ node: { seq: 5 } }]);
  const query = { query: ConversationPageDocument, variables: { id, last: 4 } };
  const kept = apollo.cache.readQuery(query)?.conversation?.messages.edges;
  expect(kept?.map(({ node }) => node.seq)).toEqual([2, 3, 4, 5]);
  await screen.earlier(4);
  await expect.poll(screen.seqs, POLL).toEqual(upTo(5));
  expect(requests()).toBe(4);
});

test("lists with other filters are others", async () => {
  const { apollo, ada } = await start();
  const word = newId();
  for (const title of [`${word} one`, `${word} two`]) await anEvent(ada.token, { title });
  const find = async (search: string) => {
    const variables = { first: 5, filter: { search } };
    const { data } = await apollo.query({ query: FindEventsDocument, variables });
    return data?.events.edges.length;
  };
  expect(await find(word)).toBe(2);
  expect(await find(`${word} one`)).toBe(1);
  expect(await find(word)).toBe(2);
});

/** A mutation as the query that reads its result from the cache. */
function asQuery({ definitions, ...rest }: DocumentNode): DocumentNode {
  const queries = definitions.map((each) =>
    each.kind === Kind.OPERATION_DEFINITION
      ? { ...each, operation: OperationTypeNode.QUERY }
      : each,
  );
  return { ...rest, definitions: queries };
}

test("results of mutations stay apart, and problems are known by their interface", async () => {
  const { apollo, bob, ada } = await start();
  const conversationId = await aGroup(bob, [ada]);
  const input = { conversationId, clientMessageId: newId() };
  const send = async (body: string) => {
    const variables = { input: { ...input, body } };
    const mutation = SendMessageDocument;
    const { data } = await apollo.mutate({ mutation, variables, keepRootFields: true });
    return { data, variables };
  };
  const sent = await send("one");
  expect(sent.data?.sendMessage.__typename).toBe("SendMessageSuccess");
  const refused = await send("another");
  const options = {
    query: asQuery(SendMessageDocument),
    optimistic: false,
    rootId: "ROOT_MUTATION",
  };
  for (const { data, variables } of [sent, refused])
    expect(apollo.cache.read({ ...options, variables })).toEqual(data);
  expect(refused.data?.sendMessage).toMatchObject({ reason: expect.any(String) });
  const stored = Object.keys(apollo.cache.extract() as object);
  expect(stored.filter((key) => /(?:Success|Problem)(?::|$)/.test(key))).toEqual([]);
});
