// Tells people of messages, behind the sends, which write nothing for their receivers: at most one
// notice for each conversation and person while it is unread, and one for each mention.
import { inTransaction } from "#kit/data/database";
import { addToOutbox, type Fact } from "#kit/facts/outbox";
import type { RecurringJob } from "#kit/jobs/handlers";
import { lockStreams } from "#kit/live/streams";
import type { Database, Transaction } from "../database.ts";
import { noticeFact } from "../integration.ts";
import { conversationStream } from "../streams.ts";
import {
  type Concern,
  findMentioned,
  listOpen,
  markTold,
  type OpenTelling,
  tellRequested,
  tellUnread,
} from "./store.ts";

const EVERY_MS = 2_000;
const BATCH = 50;

export function tellingOfMessages(database: Database, now: () => Date): RecurringJob {
  return {
    name: "notices.tell",
    everyMs: EVERY_MS,
    async run(signal) {
      for (let found = BATCH; found === BATCH && !signal.aborted; ) {
        const open = await listOpen(database, BATCH);
        for (const telling of open) await tell(database, telling, now());
        found = open.length;
      }
    },
  };
}

/** Tells the people of one conversation, once. Its stream is locked first, as by those who send. */
export async function tell(database: Database, telling: OpenTelling, now: Date): Promise<void> {
  await inTransaction(database, async (tx) => {
    await lockStreams(tx, [conversationStream(telling.conversationId)]);
    if (await markTold(tx, telling)) await addToOutbox(tx, await factsOf(tx, telling, now));
  });
}

async function factsOf(tx: Transaction, telling: OpenTelling, now: Date): Promise<Fact[]> {
  const { conversationId } = telling;
  const requested = await tellRequested(tx, conversationId, now);
  const mentioned = await findMentioned(tx, telling);
  const unread = await tellUnread(tx, telling);
  const named = new Set(mentioned.map(({ personId }) => personId));
  const factOf = (kind: Parameters<typeof noticeFact>[0]["kind"]) => (concern: Concern) =>
    noticeFact({ kind, conversationId, ...concern });
  return [
    ...requested.map(factOf("CONVERSATION_REQUESTED")),
    ...mentioned.map(factOf("MENTIONED")),
    // A person who is mentioned is told of that alone.
    ...unread.filter(({ personId }) => !named.has(personId)).map(factOf("MESSAGE")),
  ];
}
