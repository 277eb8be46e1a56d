// A subscriber of a conversation that reconnects at any moment, over a bus that loses messages.
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { systemClock } from "../../../kit/clock.ts";
import { createAdapter, createPool } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { createLive } from "../../../kit/live/live.ts";
import { createPubSub, type PubSub } from "../../../kit/live/pubsub.ts";
import { createSignals } from "../../../kit/live/signals.ts";
import { type Entry, logReader } from "../../../kit/live/streams.ts";
import { channelOf } from "../../../kit/live/tails.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { requestContext } from "../../../kit/service/request.ts";
import type { Viewer } from "../../../kit/trust/identity.ts";
import { type Context, contextMaker } from "../../../subgraphs/messaging/context.ts";
import { PrismaClient } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { sendMessage } from "../../../subgraphs/messaging/messages/actions.ts";
import { conversationStream } from "../../../subgraphs/messaging/streams.ts";
import { watchConversation } from "../../../subgraphs/messaging/watching/actions.ts";
import { lossyBus, repeating } from "../../kit/lossy-bus.ts";
import { stack } from "../../kit/stack.ts";
import { messagingFiles } from "../../kit/stack-storage.ts";
import { tokenHolders } from "../../kit/stories.ts";
import { aGroup, upTo } from "./harness.ts";

const log = createLog({ name: "cuts-test", level: "error" });
const { urls } = stack();
const pool = createPool(urls.databases.messaging ?? "", log);
const database = new PrismaClient({ adapter: createAdapter(pool) });
const prefix = `cuts-test-${newId()}`;
const buses = [1, 2].map(() => createPubSub({ url: urls.redis, prefix, log }));

afterAll(async () => {
  await Promise.all(buses.map((bus) => bus.close()));
  await database.$disconnect();
  await pool.end();
});

function viewerOf(id: string): Viewer {
  const scopes = ["messages:write", "verified"];
  return { id, sessionId: "", roles: [], scopes, expiresAt: Number.MAX_SAFE_INTEGER };
}

/** The parts of a replica that a conversation needs, with a bus that loses messages. */
function replicaOf(pubsub: PubSub, loses: () => boolean) {
  const bus = lossyBus(pubsub, loses);
  const live = createLive({ logs: logReader(database), pubsub: bus, log, pollMs: 20 });
  const contextOf = contextMaker({
    database,
    live,
    signals: createSignals(bus),
    ...messagingFiles(),
    editMinutes: 0,
  });
  const contextFor = (personId: string): Context =>
    contextOf(requestContext({ kind: "viewer", viewer: viewerOf(personId) }, "", log, systemClock));
  return { live, contextFor };
}

/** How a watcher resumes after a cut: after this seq, or with live events. */
type Resume = (lastSeen: number) => number | null;

interface Scene {
  readonly replicas: number;
  /** For each message, whether the watcher is cut after it. */
  readonly cuts: readonly boolean[];
  /** For each message of the bus, whether it is lost. The list repeats. */
  readonly losses: readonly boolean[];
}

function say(context: Context, conversationId: string, body: string) {
  const alone = { replyToId: null, threadRootId: null };
  return sendMessage(context, { conversationId, clientMessageId: body, body, ...alone });
}

/** Senders and watcher change the replica each time. Returns the received entries. */
async function watchWhileCut({ replicas, cuts, losses }: Scene, resume: Resume) {
  const loses = repeating(losses);
  const parts = buses.slice(0, replicas).map((bus) => replicaOf(bus, loses));
  const [ada] = await tokenHolders(1);
  const group = await aGroup(ada, []);
  const contexts = parts.map(({ contextFor }) => contextFor(ada.id));
  const contextAt = (at: number) => contexts[at % replicas] as Context;
  const open = async (at: number, after: number | null) => {
    const stream = await watchConversation(contextAt(at), group, after);
    if (!stream) throw new Error("not authorized");
    return stream.entries;
  };
  const seen: number[] = [];
  const lastSeen = () => seen.at(-1) ?? 0;
  let stream = await open(0, 0);
  const takeOne = async () => {
    const { value } = await stream.next();
    seen.push(value?.seq ?? Number.NaN);
  };
  for (const [at, isCut] of [...cuts, false].entries()) {
    await say(contextAt(at), group, `m${at}`);
    if (!isCut) continue;
    await takeOne();
    await stream.return();
    stream = await open(at + 1, resume(lastSeen()));
  }
  while (lastSeen() <= cuts.length) await takeOne();
  for (const { live } of parts) live.close();
  return seen;
}

/** Returns the entries that the bus alone delivers. */
async function listenToTheBus({ cuts, losses }: Scene) {
  const [bus] = buses as [PubSub];
  const { live, contextFor } = replicaOf(bus, repeating(losses));
  const [ada] = await tokenHolders(1);
  const group = await aGroup(ada, []);
  const channel = channelOf(conversationStream(group));
  const seen: number[] = [];
  let receivedAll = () => {};
  const all = new Promise<void>((resolve) => {
    receivedAll = resolve;
  });
  const stop = await bus.subscribe(channel, (message) => {
    if (message === END) receivedAll();
    else seen.push((message as Entry).seq);
  });
  for (let at = 0; at <= cuts.length; at += 1) await say(contextFor(ada.id), group, `m${at}`);
  bus.publish(channel, END);
  await all;
  stop();
  live.close();
  return seen;
}

const END = "the end";

const endsWithTheLog = (replicas: number, watch: (scene: Scene) => Promise<number[]>) =>
  fc.asyncProperty(
    fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
    fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
    async (cuts, losses) => {
      expect(await watch({ replicas, cuts, losses })).toEqual(upTo(cuts.length + 1));
    },
  );

describe("a subscriber that reconnects at any moment, over a bus that loses messages,", () => {
  const resuming = (scene: Scene) => watchWhileCut(scene, (lastSeen) => lastSeen);

  test.each([
    ["one replica", 1],
    ["two replicas", 2],
  ] as const)(
    "receives exactly the log at %s",
    async (_, replicas) => {
      await fc.assert(endsWithTheLog(replicas, resuming), { numRuns: 12 });
    },
    60_000,
  );

  test("has a gap if it resumes without a position", async () => {
    const scene = { replicas: 1, cuts: [false, true], losses: [false] };
    expect(await watchWhileCut(scene, () => null)).toEqual([1, 3]);
  });

  test("has gaps if it trusts the bus and reads none of them from the log", async () => {
    const scene = { replicas: 1, cuts: [false, false, false], losses: [false, true] };
    expect(await listenToTheBus(scene)).toEqual([2, 4]);
  });
});
