// People send messages while messaging, Redis and PostgreSQL are killed: every accepted message is
// stored, and every stored one is delivered, exactly once.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest";
import type { Stack } from "../../local/stack.ts";
import { aGroup, expectConsistent, logOf, type Result, WATCH } from "../e2e/messaging/harness.ts";
import { withDatabase } from "../kit/database.ts";
import { type TokenHolder, tokenHolders } from "../kit/stories.ts";
import { deliveryFaults, type Kept, storageFaults } from "./checks.ts";
import { type Load, repeat, startLoad } from "./load.ts";
import { seededRandom } from "./random.ts";
import { closeStack, killUnderLoad, openStack } from "./stack.ts";
import { type Positioned, type Watcher, watchAll } from "./watcher.ts";

let stack: Stack;
let hasFailed = false;
beforeAll(async () => {
  stack = await openStack({ messaging: 2 });
});
afterAll(() => closeStack(stack, hasFailed));

interface Talk {
  readonly id: string;
  readonly people: readonly TokenHolder[];
}

/** One conversation with six senders, and four with two. */
async function talks(): Promise<Talk[]> {
  const sizes = [6, 2, 2, 2, 2];
  return Promise.all(
    sizes.map(async (size) => {
      const people: TokenHolder[] = await tokenHolders(size);
      const [owner, ...others] = people as [TokenHolder, ...TokenHolder[]];
      return { id: await aGroup(owner, others), people };
    }),
  );
}

/** Sends until the load ends. Returns the accepted messages by client id. */
async function talk(load: Load, { id, people }: Talk, at: number): Promise<Kept[]> {
  const accepted: Kept[] = [];
  const { token } = people[at] as TokenHolder;
  await repeat(load, async (said) => {
    const clientMessageId = randomUUID();
    const input = { conversationId: id, clientMessageId, body: `${said}` };
    type Data = { sendMessage: Result };
    const { sendMessage } = await load.insist<Data>("SendMessage", input, token, at % 2);
    const { message } = sendMessage;
    if (!message) throw new Error(`refused: ${JSON.stringify(sendMessage)}`);
    accepted.push({ key: clientMessageId, value: `${id} ${message.seq} ${message.id}` });
  });
  return accepted;
}

interface Event extends Positioned {
  readonly __typename: string;
  readonly message?: { readonly id: string } | null;
}

function watch({ id, people }: Talk, at: number, doesResume = true): Watcher<Event> {
  const { token } = people[at % people.length] as TokenHolder;
  const variables = { conversationId: id };
  const field = "conversationEvents";
  return watchAll<Event>({ token, router: at % 2, query: WATCH, variables, field, doesResume });
}

async function storedIn(conversationIds: readonly string[]): Promise<Kept[]> {
  return withDatabase("messaging", async (client) => {
    const { rows } = await client.query<Kept>(
      `select client_message_id as key, conversation_id || ' ' || seq || ' ' || id as value
       from message where conversation_id = any($1)`,
      [conversationIds],
    );
    return rows;
  });
}

/** The log as its watchers should have received it. */
async function entriesOf({ id }: Talk): Promise<object[]> {
  return (await logOf(id)).map(({ type, payload }) => ({
    type: type.toLowerCase(),
    message: payload.messageId,
  }));
}

const shown = ({ __typename, message }: Event) => ({
  type: __typename.toLowerCase(),
  message: message?.id,
});

const CUT_EVERY_MS = 1_500;
const TWICE = ["messaging", "messaging-2", "redis", "postgres"];

test("despite kills, every accepted message is stored once and delivered once", async () => {
  onTestFailed(() => {
    hasFailed = true;
  });
  const random = seededRandom();
  const load = startLoad();
  const all = await talks();
  const [hot] = all as [Talk, ...Talk[]];
  const watched = [hot, hot, hot, ...all];
  const watchers = watched.map((each, at) => ({ of: each, watcher: watch(each, at) }));
  const forgetful = watch(hot, 0, false);
  // A killed subgraph ends no stream of a client. A broken connection does.
  const cutting = setInterval(() => {
    for (const each of [forgetful, ...watchers.map(({ watcher }) => watcher)]) each.cut();
  }, CUT_EVERY_MS);
  const senders = Promise.all(
    all.flatMap((each) => each.people.map((_, at) => talk(load, each, at))),
  );
  await Promise.race([senders, killUnderLoad(stack, [...TWICE, ...TWICE], load, random)]);
  load.end();
  const accepted = (await senders).flat();
  clearInterval(cutting);
  console.log(accepted.length, "messages", load.story());

  expect(storageFaults(accepted, await storedIn(all.map(({ id }) => id)))).toEqual([]);
  for (const { id } of all) await expectConsistent(id);
  const logs = new Map<Talk, object[]>();
  for (const each of all) logs.set(each, await entriesOf(each));
  for (const { of, watcher } of watchers) {
    const log = logs.get(of) ?? [];
    await watcher.reached(log.length);
    expect(deliveryFaults(watcher.events, log, shown)).toEqual([]);
    for (const end of watcher.ends) {
      expect(["SUBGRAPH_UNAVAILABLE", "the socket closed"]).toContain(end);
    }
  }
  console.log("streams ended", watchers.map(({ watcher }) => watcher.ends.length).join(", "));

  // A watcher that does not resume misses the messages during its cuts.
  const log = logs.get(hot) ?? [];
  const cameBy = log.slice(0, forgetful.events.at(-1)?.seq);
  expect(deliveryFaults(forgetful.events, cameBy, shown)).not.toEqual([]);
  await Promise.all([forgetful, ...watchers.map(({ watcher }) => watcher)].map((w) => w.stop()));
});
