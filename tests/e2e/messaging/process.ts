// Messaging's actions inside the test's process, over the real database and Redis, with a bus that
// loses messages on request, and people without accounts.
import { afterAll } from "vitest";
import { systemClock } from "../../../kit/clock.ts";
import { createAdapter, createPool } from "../../../kit/data/database.ts";
import { newId } from "../../../kit/data/id.ts";
import { createLive } from "../../../kit/live/live.ts";
import { createPubSub } from "../../../kit/live/pubsub.ts";
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
import { acquaint } from "../../kit/acquaintances.ts";
import { lossyBus, repeating } from "../../kit/lossy-bus.ts";
import { stack } from "../../kit/stack.ts";
import { messagingFiles } from "../../kit/stack-storage.ts";

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

function aViewer(): Viewer {
  const expiresAt = Number.MAX_SAFE_INTEGER;
  return {
    id: newId(),
    sessionId: newId(),
    roles: [],
    scopes: ["messages:write", "verified"],
    expiresAt,
  };
}

/** One process of messaging. `as` makes the context of a person. */
export function aProcess(losses: readonly boolean[] = [false]) {
  const bus = lossyBus(pubsub, repeating(losses));
  const live = createLive({ logs: logReader(database), pubsub: bus, log, pollMs: 20 });
  const contextOf = contextMaker({
    database,
    live,
    signals: createSignals(bus),
    ...messagingFiles(),
    editMinutes: 0,
  });
  const as = (viewer: Viewer, subscriber: Subscriber | null = null): Context =>
    contextOf(requestContext({ kind: "viewer", viewer }, "", log, systemClock, { subscriber }));
  return { as, live };
}

/** Ada, who sends, and Bob, who receives, in their own process. */
export function adaAndBob(losses: readonly boolean[] = [false]) {
  const { as, live } = aProcess(losses);
  return { ada: as(aViewer()), bob: as(aViewer()), live };
}

export const idOf = (context: Context) => context.viewer?.id ?? "";

/** A group of both. */
export async function aGroup(ada: Context, bob: Context): Promise<string> {
  const data = [ada, bob].map((context) => ({ id: idOf(context), version: 1 }));
  await database.person.createMany({ data, skipDuplicates: true });
  await acquaint(data.map(({ id }) => id));
  const outcome = await createGroupConversation(ada, { title: "Talk", memberIds: [idOf(bob)] });
  if (outcome.kind !== "created") throw new Error("no group was created");
  return outcome.conversationId;
}

let sent = 0;

export async function sendHello(ada: Context, conversationId: string): Promise<void> {
  sent += 1;
  const alone = { replyToId: null, threadRootId: null };
  await sendMessage(ada, { conversationId, clientMessageId: `m${sent}`, body: "hello", ...alone });
}

/** A subscriber whose acknowledgements come from the test. */
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
