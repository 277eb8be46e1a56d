// A subscriber of a conversation that is cut at any moment, behind a bus that loses messages.
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { systemClock } from "../../../kit/clock.ts";
import { createAdapter, createPool } from "../../../kit/database.ts";
import { newId } from "../../../kit/id.ts";
import type { Viewer } from "../../../kit/identity.ts";
import { createLive } from "../../../kit/live.ts";
import { createLog } from "../../../kit/log.ts";
import { logReader } from "../../../kit/logs.ts";
import { createPubSub, type PubSub } from "../../../kit/pubsub.ts";
import { requestContext } from "../../../kit/request.ts";
import { createSignals } from "../../../kit/signals.ts";
import { type Context, contextMaker } from "../../../subgraphs/messaging/context.ts";
import { PrismaClient } from "../../../subgraphs/messaging/generated/prisma/client.ts";
import { sendMessage } from "../../../subgraphs/messaging/messages/actions.ts";
import { watchConversation } from "../../../subgraphs/messaging/watching/actions.ts";
import { stack } from "../../kit/stack.ts";
import { strangers } from "../../kit/stories.ts";
import { aGroup, upTo } from "./harness.ts";

const log = createLog({ name: "cuts-test", level: "error" });
const { urls } = stack();
const pool = createPool(urls.databases.messaging ?? "", log);
const database = new PrismaClient({ adapter: createAdapter(pool) });
const pubsub = createPubSub({ url: urls.redis, prefix: `cuts-test-${newId()}`, log });

afterAll(async () => {
  await pubsub.close();
  await database.$disconnect();
  await pool.end();
});

/** A bus that loses messages as told: `loses` is asked once a message. */
function lossy(bus: PubSub, loses: () => boolean): PubSub {
  return {
    ...bus,
    publish: (channel, message) => {
      if (!loses()) bus.publish(channel, message);
    },
  };
}

function viewerOf(id: string): Viewer {
  const scopes = ["messages:write"];
  return { id, sessionId: "", roles: [], scopes, expiresAt: Number.MAX_SAFE_INTEGER };
}

/** Says something in each step while a watcher is cut and resumes; what it saw, by seq. */
async function watchWhileCut(cuts: readonly boolean[], losses: readonly boolean[]) {
  let said = 0;
  const bus = lossy(pubsub, () => {
    said += 1;
    return losses[said % losses.length] ?? false;
  });
  const live = createLive({ logs: logReader(database), pubsub: bus, log, checkpointMs: 20 });
  const contextOf = contextMaker(database, live, createSignals(bus));
  const [ada] = await strangers(1);
  const context: Context = contextOf(
    requestContext({ kind: "viewer", viewer: viewerOf(ada.id) }, "", log, systemClock),
  );
  const group = await aGroup(ada, []);
  const open = async (after: number) => {
    const stream = await watchConversation(context, group, after);
    if (!stream) throw new Error("not admitted");
    return stream;
  };
  const seen: number[] = [];
  let stream = await open(0);
  const takeOne = async () => {
    const { value } = await stream.next();
    seen.push(value.seq);
  };
  for (const [at, isCut] of cuts.entries()) {
    const request = { conversationId: group, clientMessageId: `m${at}`, replyToId: null };
    await sendMessage(context, { ...request, body: `m${at}` });
    if (!isCut) continue;
    await takeOne();
    await stream.return?.();
    stream = await open(seen.at(-1) ?? 0);
  }
  while ((seen.at(-1) ?? 0) < cuts.length) await takeOne();
  live.close();
  return seen;
}

test("a subscriber cut at any moment, behind a bus that loses messages, ends with exactly the log", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }),
      fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
      async (cuts, losses) => {
        expect(await watchWhileCut(cuts, losses)).toEqual(upTo(cuts.length));
      },
    ),
    { numRuns: 15 },
  );
}, 60_000);
