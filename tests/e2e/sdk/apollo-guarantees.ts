// Guarantees of the link for Apollo Client, against a router that runs documents by id alone. They
// are run with both versions that the package supports.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gql } from "@apollo/client/core";
import { expect, onTestFinished, test } from "vitest";
import {
  ConversationEventsDocument,
  MeDocument,
  UpdateProfileDocument,
  UserProfileDocument,
} from "../../../clients/sdk/generated/documents.ts";
import { type Client, NetworkError } from "../../../clients/sdk/index.ts";
import { manifestOf } from "../../../schema/manifest.ts";
import { operation, operationNames } from "../../../schema/operations.ts";
import { aPerson, type Person } from "../../kit/stories.ts";
import { accessToken } from "../../kit/tokens.ts";
import { aGroup, aMessage, upTo } from "../messaging/harness.ts";
import { codesOf, collect, networkErrorOf, show, startApollo } from "./apollo-harness.ts";
import { type Line, OWN, POLL, QUICK, startClient, startLine } from "./harness.ts";

/** A client, and the bodies that it has posted. */
function startObserved(line: Line, person: Pick<Person, "refreshToken">) {
  const bodies: { query?: string; variables: object; extensions?: object }[] = [];
  const client = startClient(line, person, {
    fetch(_url, init) {
      bodies.push(JSON.parse(init.body ?? ""));
      return fetch(line.router.url, init);
    },
  });
  return { client, bodies };
}

test("our documents go by id, generated or written by the app, and others by text", async () => {
  const line = await startLine();
  const person = await aPerson("Ada");
  const { client, bodies } = startObserved(line, person);
  const apollo = startApollo(client);
  const variables = { id: person.id };
  const { data } = await apollo.query({ query: UserProfileDocument, variables });
  expect(data?.user?.displayName).toBe("Ada");
  const written = gql(operation("Me"));
  expect((await apollo.query({ query: written })).data).toMatchObject({ me: { id: person.id } });
  expect(bodies.filter(({ query }) => query !== undefined)).toEqual([]);
  const another = gql("query Me { me { id location } }");
  const refusal = await apollo
    .query({ query: another, fetchPolicy: "network-only" })
    .catch((error) => error);
  expect(codesOf(refusal)).toEqual(["PERSISTED_QUERY_ID_REQUIRED"]);
  expect(bodies.at(-1)?.query).toContain("location");
});

test("a router that runs any document runs those of the app", async () => {
  const line = await startLine({ TRUSTED_DOCUMENTS: "audit" });
  const person = await aPerson();
  const apollo = startApollo(startClient(line, person));
  const { data } = await apollo.query({ query: gql("query Me { me { id location } }") });
  expect(data).toMatchObject({ me: { id: person.id, location: null } });
});

test("the app's own documents go by the ids of its own manifest", async () => {
  const own = "query Whereabouts { me { id location } }";
  const manifest = manifestOf([...operationNames().map(operation), own]);
  const folder = await mkdtemp(join(tmpdir(), "meetinity-manifest-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, "manifest.json");
  await writeFile(file, JSON.stringify(manifest));
  const line = await startLine({ TRUSTED_DOCUMENTS_FILE: file });
  const { client, bodies } = startObserved(line, await aPerson());
  const apollo = startApollo(client, { operations: manifest.operations });
  expect((await apollo.query({ query: gql(own) })).data).toMatchObject({ me: { location: null } });
  expect(bodies.filter(({ query }) => query !== undefined)).toEqual([]);
});

test("errors keep their codes, and come with the data that there is", async () => {
  const line = await startLine();
  const apollo = startApollo(startClient(line, { refreshToken: "none" }));
  const query = { query: UserProfileDocument, variables: { id: (await aPerson()).id } };
  const strict = await apollo.query(query).catch((error) => error);
  expect(codesOf(strict)).toEqual(["UNAUTHENTICATED"]);
  const { data } = await apollo.query({ ...query, errorPolicy: "all", fetchPolicy: "no-cache" });
  expect(data).toEqual({ user: null });
});

test("a router that cannot be reached is an error of the network", async () => {
  const line = await startLine();
  const fails = () => Promise.reject(new TypeError("fetch failed"));
  const apollo = startApollo(startClient(line, await aPerson(), { fetch: fails }));
  const error = await apollo.query({ query: MeDocument }).catch((cause) => cause);
  expect(networkErrorOf(error)).toBeInstanceOf(NetworkError);
  expect(error.message).toBe("fetch failed");
});

/** The router refuses what this client sends first, as if its token had ended. */
async function startWithEndedToken(answer: object | null) {
  const line = await startLine();
  const person = await aPerson();
  const ended = await accessToken({ userId: person.id, lifeSeconds: -60 });
  let sends = 0;
  const client = startClient(line, person, {
    async fetch(_url, { headers, ...init }) {
      if (!("authorization" in headers)) return fetch(line.router.url, { ...init, headers });
      sends += 1;
      if (sends === 1 && answer) return Response.json(answer);
      const authorization = sends === 1 ? `Bearer ${ended}` : String(headers.authorization);
      return fetch(line.router.url, { ...init, headers: { ...headers, authorization } });
    },
  });
  return { apollo: startApollo(client), person, sends: () => sends };
}

const UPDATE = {
  mutation: UpdateProfileDocument,
  variables: { input: { headline: "Once" } },
} as const;

test("an ended token is replaced without a trace", async () => {
  const { apollo, person, sends } = await startWithEndedToken(null);
  expect((await apollo.query({ query: MeDocument })).data?.me?.id).toBe(person.id);
  expect(sends()).toBe(2);
  const mutating = await startWithEndedToken(null);
  const { data } = await mutating.apollo.mutate(UPDATE);
  expect(data?.updateProfile.__typename).toBe("UpdateProfileSuccess");
  expect(mutating.sends()).toBe(2);
});

test("a mutation that may have run is sent again only if the app says that it may be", async () => {
  const [message, code] = ["The session has ended.", "UNAUTHENTICATED"];
  const errors = [{ message, path: ["updateProfile"], extensions: { code } }];
  const answer = { data: null, errors };
  const careful = await startWithEndedToken(answer);
  const refusal = await careful.apollo.mutate(UPDATE).catch((error) => error);
  expect(codesOf(refusal)).toEqual(["UNAUTHENTICATED"]);
  expect(careful.sends()).toBe(1);
  const free = await startWithEndedToken(answer);
  const { data } = await free.apollo.mutate({ ...UPDATE, context: { isSafeToRepeat: true } });
  expect(data?.updateProfile.__typename).toBe("UpdateProfileSuccess");
});

test("what one person has made is not sent by the next one who signs in", async () => {
  const { apollo, person, sends } = await startWithEndedToken(null);
  const other = await aPerson();
  const foreign = { ...UPDATE, context: { viewerId: other.id } };
  const refusal = await apollo.mutate(foreign).catch((error) => error);
  expect(networkErrorOf(refusal)).toMatchObject({ code: "UNAUTHENTICATED" });
  expect(sends()).toBe(0);
  const { data } = await apollo.mutate({ ...UPDATE, context: { viewerId: person.id } });
  expect(data?.updateProfile.__typename).toBe("UpdateProfileSuccess");
});

test("a request ends when nobody waits for it any more, or when the app aborts it", async () => {
  const line = await startLine();
  const signals: (AbortSignal | undefined)[] = [];
  const client = startClient(line, await aPerson(), {
    fetch(_url, init) {
      if (!("authorization" in init.headers)) return fetch(line.router.url, init);
      signals.push(init.signal);
      return new Promise((_, reject) => {
        init.signal?.addEventListener("abort", () => reject(init.signal?.reason));
      });
    },
  });
  const apollo = startApollo(client);
  const close = show(apollo.watchQuery({ query: MeDocument }));
  await expect.poll(() => signals.length, POLL).toBe(1);
  close();
  await expect.poll(() => signals[0]?.aborted, POLL).toBe(true);
  const abort = new AbortController();
  const context = { fetchOptions: { signal: abort.signal }, queryDeduplication: false };
  const request = apollo.query({ query: MeDocument, context }).catch((cause) => cause);
  await expect.poll(() => signals.length, POLL).toBe(2);
  abort.abort();
  expect(networkErrorOf(await request)).toMatchObject({ name: "AbortError" });
});

async function aWatch(client: Client, conversationId: string, after?: number) {
  const variables = { conversationId, ...(after !== undefined && { after }) };
  const query = ConversationEventsDocument;
  const seen = collect(startApollo(client).subscribe({ query, variables }));
  const seqs = () => seen.data.map(({ conversationEvents }) => conversationEvents.seq);
  return { ...seen, seqs };
}

async function aPair() {
  const [ada, bob] = await Promise.all([aPerson("Ada"), aPerson("Bob")]);
  return { ada, bob, group: await aGroup(ada, [bob]), line: await startLine(OWN) };
}

test("a subscription gives each event once and in order through cut and silent lines", async () => {
  const { ada, bob, group, line } = await aPair();
  const seen = await aWatch(startClient(line, bob, QUICK), group, 0);
  let last = 0;
  for (const harm of [() => {}, line.proxy.cut, line.proxy.silence, line.restartRouter]) {
    await aMessage(ada, group);
    await harm();
    await aMessage(ada, group);
    last += 2;
    await expect.poll(seen.seqs, POLL).toEqual(upTo(last));
  }
  expect(seen.ends).toEqual([]);
});

test("subscriptions share one socket, which closes with the last of them", async () => {
  const { bob, group, line } = await aPair();
  const client = startClient(line, bob, { idleMs: 50 });
  const watches = await Promise.all([aWatch(client, group), aWatch(client, group, 0)]);
  await expect.poll(() => client.connection.getSnapshot(), POLL).toBe("open");
  expect(line.proxy.arrivals()).toBe(1);
  for (const { stop } of watches) stop();
  await expect.poll(() => client.connection.getSnapshot(), POLL).toBe("idle");
});

test("a subscription that lost events ends with RESYNC_REQUIRED", async () => {
  const { bob, group, line } = await aPair();
  const beyond = await aWatch(startClient(line, bob), group, 1_000);
  await expect.poll(() => beyond.ends.map(codesOf)[0], POLL).toEqual(["RESYNC_REQUIRED"]);
});

test("a subscription without positions ends with RESYNC_REQUIRED when its line is cut", async () => {
  const { ada, bob, group } = await aPair();
  const line = await startLine({ TRUSTED_DOCUMENTS: "audit" });
  const query = gql(`subscription Bare($id: ID!) {
    news: conversationEvents(conversationId: $id) { __typename conversationId }
  }`);
  const seen = collect(
    startApollo(startClient(line, bob, QUICK)).subscribe({
      query,
      variables: { id: group },
    }),
  );
  await expect.poll(line.proxy.connections, POLL).toBe(1);
  await expect
    .poll(async () => {
      await aMessage(ada, group);
      return seen.data[0];
    }, POLL)
    .toEqual({ news: { __typename: "MessageSent", conversationId: group } });
  line.proxy.cut();
  await expect.poll(() => seen.ends.map(codesOf)[0], POLL).toEqual(["RESYNC_REQUIRED"]);
});
