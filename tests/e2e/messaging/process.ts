// A process of messaging inside a test: its actions over the real database and Redis, with a bus
// that loses what the test wants, and people who have no account.
import { afterAll } from "vitest";
import { systemClock } from "../../../kit/clock.ts";
import { createAdapter, createPool } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { createLive } from "../../../kit/live/live.ts";
import { createPubSub, type PubSub } from "../../../kit/live/pubsub.ts";
import { createSignals } from "../../../kit/live/signals.ts";
import { logReader } from "../../../kit/live/streams.ts";
import type { Subscriber } from "../../../kit/live/windows.ts";
import { createLog } from "../../../kit/service/logger.ts";
import { requestContext } from "../../../kit/service/request.ts";
import type { Viewer } from "../../../kit/trust/identity.ts";
import { type Context, contextMaker } from "../../../subgraphs/messaging/context.ts";
import { createGroupConversation } from "../../../subgraphs/messaging/conversations/actions.ts";
import { PrismaClient } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { sendMessage } from "../../../subgraphs/messaging/messages/actions.ts";
import { stack } from "../../kit/stack.ts";

const log = createLog({ name: "messaging-in-a-test", level: "error" });
const { urls } = stack();
const pool = createPool(urls.databases.messaging ?? "", log);
export const database = new PrismaClient({ adapter: createAdapter(pool) });
export const pubsub = createPubSub({
  url: urls.redis,
  prefix: `messaging-in-a-test-${newId()}`,
  log,
});

afterAll(async () => {
  await pubsub.close();
  await database.$disconnect();
  await pool.end();
});

/** A bus that loses messages as told: `loses` is asked once a message. */
function lossy(bus: PubSub, losses: readonly boolean[]): PubSub {
  let told = 0;
  return {
    ...bus,
    publish: (channel, message) => {
      told += 1;
      if (!losses[told % losses.length]) bus.publish(channel, message);
    },
  };
}

function aViewer(): Viewer {
  const expiresAt = Number.MAX_SAFE_INTEGER;
  return { id: newId(), sessionId: newId(), roles: [], scopes: ["messages:write"], expiresAt };
}

/** A process, and what a person can do there. */
export function aProcess(losses: readonly boolean[] = [false]) {
  const bus = lossy(pubsub, losses);
  const live = createLive({ logs: logReader(database), pubsub: bus, log, checkpointMs: 20 });
  const contextOf = contextMaker(database, live, createSignals(bus));
  const as = (viewer: Viewer, subscriber: Subscriber | null = null): Context =>
    contextOf(requestContext({ kind: "viewer", viewer }, "", log, systemClock, { subscriber }));
  return { as, live };
}

/** Ada, who talks, and Bob, who listens, in a process of their own. */
export function adaAndBob(losses: readonly boolean[] = [false]) {
  const { as, live } = aProcess(losses);
  return { ada: as(aViewer()), bob: as(aViewer()), live };
}

export const idOf = (context: Context) => context.viewer?.id ?? "";

/** A group of theirs. */
export async function aGroup(ada: Context, bob: Context): Promise<string> {
  const data = [ada, bob].map((context) => ({ id: idOf(context), version: 1 }));
  await database.person.createMany({ data, skipDuplicates: true });
  const outcome = await createGroupConversation(ada, { title: "Talk", memberIds: [idOf(bob)] });
  if (outcome.kind !== "created") throw new Error("no group was made");
  return outcome.conversationId;
}

let said = 0;

export async function sendHello(ada: Context, conversationId: string): Promise<void> {
  said += 1;
  const request = { conversationId, clientMessageId: `m${said}`, body: "hello", replyToId: null };
  await sendMessage(ada, request);
}

/** A subscriber whose client says in the test what it has received. */
export function aSubscriber(id = newId()) {
  let onReceived = (_count: number) => {};
  const subscriber: Subscriber = {
    id,
    whenReceived(listen) {
      onReceived = listen;
    },
  };
  return { id, subscriber, receives: (count: number) => onReceived(count) };
}
