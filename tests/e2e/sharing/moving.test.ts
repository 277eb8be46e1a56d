// A subgraph moves: a new supergraph has another address of messaging while people send. Shared and
// ordinary streams follow, without gaps or repeats.
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { createGroupConversation } from "../../../subgraphs/messaging/conversations/actions.ts";
import { sendMessage } from "../../../subgraphs/messaging/messages/actions.ts";
import { type OwnRouter, startOwnRouter } from "../../kit/own-router.ts";
import { startProxy, type TcpProxy } from "../../kit/proxy.ts";
import { codeOf } from "../../kit/socket.ts";
import { aTokenHolder, type TokenHolder, tokenHolders } from "../../kit/stories.ts";
import { upTo } from "../messaging/harness.ts";
import { type Replica, startReplica } from "./replica.ts";
import { seqsOf, type Watcher, watchAt } from "./sharing-router.ts";

const OWN = `subscription($conversationId: ID!, $after: Int) {
  conversationEvents(conversationId: $conversationId, after: $after) {
    seq ... on MessageSent { message { id reactions { isViewerAmong } } } } }`;
const PLACE = /(MESSAGING @join__graph\(name: "messaging", url: )"[^"]*"/;
const POLL = { interval: 20, timeout: 20_000 };

let replicas: Replica[];
let places: TcpProxy[];
let folder: string;
let router: OwnRouter;
let people: TokenHolder[];
beforeAll(async () => {
  replicas = await Promise.all(upTo(2).map(() => startReplica()));
  places = await Promise.all(replicas.map(({ url }) => startProxy(url)));
  folder = await mkdtemp(join(tmpdir(), "meetinity-moving-"));
  await place(0);
  const file = join(folder, "supergraph.graphql");
  router = await startOwnRouter({ SUPERGRAPH_FILE: file }, ["messaging"]);
  people = await tokenHolders(6);
});
afterAll(async () => {
  await router.stop();
  await Promise.all(places.map((each) => each.stop()));
  await Promise.all(replicas.map((each) => each.stop()));
  await rm(folder, { recursive: true });
});

/** Replaces the supergraph by one with this address of messaging. */
async function place(which: number): Promise<void> {
  const sdl = await readFile("schema/supergraph.graphql", "utf8");
  const url = new URL("/graphql", places[which]?.url).href;
  expect(sdl).toMatch(PLACE);
  const file = join(folder, "supergraph.graphql");
  await writeFile(`${file}.new`, sdl.replace(PLACE, `$1"${url}"`));
  await rename(`${file}.new`, file);
}

const reloads = () => router.counted('router_supergraph_reloads_total{outcome="ok"}');

async function move(to: number): Promise<void> {
  const before = await reloads();
  await place(to);
  await expect.poll(reloads, POLL).toBe(before + 1);
}

/** A group of all, with messages until `stop` is called. */
async function aTalk() {
  const { id: owner } = await aTokenHolder();
  const context = () => (replicas[0] as Replica).as(owner);
  const memberIds = people.map(({ id }) => id);
  const made = await createGroupConversation(context(), { title: "Moving", memberIds });
  if (!("conversationId" in made)) throw new Error("no conversation was created");
  const { conversationId } = made;
  let sent = 0;
  let isOver = false;
  async function say(): Promise<void> {
    sent += 1;
    const body = `m${sent}`;
    const wish = { conversationId, clientMessageId: body, replyToId: null, body };
    expect((await sendMessage(context(), wish)).kind).toBe("sent");
  }
  async function goOn(): Promise<void> {
    while (!isOver) await say();
  }
  return {
    conversationId,
    say,
    begin() {
      isOver = false;
      const talking = goOn();
      return async () => {
        isOver = true;
        await talking;
        return sent;
      };
    },
  };
}

function watch(conversationId: string, person: TokenHolder, query?: string): Promise<Watcher> {
  return watchAt(router, person, { conversationId, after: 0, ...(query && { query }) });
}

test("streams follow the new address and back while events flow, without gaps or repeats", async () => {
  const talk = await aTalk();
  const watchers = await Promise.all(
    people.flatMap((person) => [
      watch(talk.conversationId, person),
      watch(talk.conversationId, person, OWN),
    ]),
  );
  const received = watchers.map(() => [] as number[]);
  for (const [at, to] of [1, 0, 1].entries()) {
    const left = places[1 - to] as TcpProxy;
    const stop = talk.begin();
    onTestFinished(() => void stop());
    await expect.poll(() => left.connections(), POLL).toBeGreaterThan(0);
    await move(to);
    await expect.poll(() => left.connections(), POLL).toBe(0);
    const arrivals = left.arrivals();
    const sent = await stop();
    for (const [which, watcher] of watchers.entries()) {
      const own = received[which] ?? [];
      own.push(...(await seqsOf(watcher, sent - own.length)));
      expect(own).toEqual(upTo(sent));
    }
    expect(left.arrivals(), `move ${at}`).toBe(arrivals);
    expect(left.connections()).toBe(0);
    expect(await router.counted("router_open_feeds")).toBe(1);
  }
  for (const watcher of watchers) watcher.close();
}, 120_000);

test("a stream without a known position ends with the code to subscribe again", async () => {
  const talk = await aTalk();
  const [person] = people;
  if (!person) throw new Error("nobody is there");
  const wish = { conversationId: talk.conversationId, after: null, query: OWN };
  const watcher = await watchAt(router, person, wish);
  const isThere = (each: TcpProxy) => each.connections() > 0;
  await expect.poll(() => places.some(isThere), POLL).toBe(true);
  await move(1 - places.findIndex(isThere));
  expect(codeOf(await watcher.frame())).toBe("SUBGRAPH_UNAVAILABLE");
  watcher.close();
}, 60_000);
