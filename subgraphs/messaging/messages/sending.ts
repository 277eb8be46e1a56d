// Sends in batches: the sends of one turn of the event loop, in all conversations, are locked and
// stored in one round trip, and each send gets its own verdict. A conversation whose lock
// somebody else holds gets a batcher of its own, so that only its own sends wait.
import { bulkhead } from "cockatiel";
import { GraphQLError } from "graphql";
import {
  type Batcher,
  createBatcher,
  createKeyedBatchers,
  type KeyedBatchers,
} from "#kit/data/batcher";
import { inTransaction, limitLockWaits } from "#kit/data/database";
import { fail } from "#kit/errors";
import { invariant } from "#kit/invariant";
import type { Live } from "#kit/live/live";
import { type Entry, lockStreams } from "#kit/live/streams";
import { isOutage } from "#kit/outage";
import type { Database, Transaction } from "../database.ts";
import { sendBatchSizes, sendsJudged } from "../metrics.ts";
import { conversationStream } from "../streams.ts";
import {
  type AppendRow,
  type AttachmentVerdict,
  appendMessages,
  appendToFree,
  type MentionVerdict,
  type MessageRow,
  type NewMessage,
  type ThreadVerdict,
} from "./store.ts";

export type SendVerdict =
  | {
      readonly kind: "stored";
      readonly message: MessageRow;
      readonly isHidden: boolean;
      readonly trace: string | null;
    }
  | { readonly kind: "replayed"; readonly messageId: string }
  | {
      readonly kind:
        | "conflict"
        | "notFound"
        | "recipientGone"
        | "notAllowed"
        | "replyNotFound"
        | "requestPending"
        | ThreadVerdict
        | MentionVerdict
        | AttachmentVerdict;
    };

/** Sends to conversations whose lock is held elsewhere have no verdict. */
type Verdicts = ReadonlyMap<NewMessage, SendVerdict>;
/** Waits for the locks of streams. */
type Lock = (tx: Transaction, streamIds: readonly string[]) => Promise<unknown>;
/** Without a lock it does not wait, and leaves out what another transaction holds. */
type Store = (batch: readonly NewMessage[], lock?: Lock) => Promise<Verdicts>;

const BATCH_MAX = 200;
const WAITING_MAX = 5_000;
const RETRY_AFTER_MS = 500;
/** How many held conversations wait for their locks together, and for how long. */
const TOGETHER_MAX = 25;
const PATIENCE_MS = 100;
/** How many conversations that are held longer may wait alone at once: each takes a connection. */
const ALONE_MAX = 3;

const LIMITS = {
  batchMax: BATCH_MAX,
  waitingMax: WAITING_MAX,
  overflow: () =>
    fail("RATE_LIMITED", "Too many messages are waiting to be stored; send it again.", {
      retryAfterMs: RETRY_AFTER_MS,
    }),
  // After a lock timeout or an outage, all senders of the batch may retry.
  isShared: (error: unknown) => error instanceof GraphQLError || isOutage(error),
};

export function createSendBatcher(
  database: Database,
  live: Pick<Live, "announce">,
): Batcher<NewMessage, SendVerdict> {
  const store: Store = async (batch, lock) => {
    const verdicts = await storeBatch(database, batch, lock);
    if (verdicts.size > 0) sendBatchSizes.observe(verdicts.size);
    for (const { kind } of verdicts.values()) sendsJudged.inc({ verdict: kind });
    live.announce([...verdicts.values()].flatMap(entryOf));
    return verdicts;
  };
  const held = createHeldBatchers(store);
  return createBatcher({
    ...LIMITS,
    name: "sends",
    // Every send passes here, also those of a held conversation, so that no send overtakes an
    // earlier one.
    run: async (batch) => {
      const untried = batch.filter(({ conversationId }) => !held.has(conversationId));
      const verdicts = await store(untried);
      return batch.map((each) => verdicts.get(each) ?? held.add(each.conversationId, each));
    },
  });
}

/**
 * A batcher for each conversation whose lock somebody else holds. Usually that is another replica's
 * batch, done in milliseconds, so such conversations wait together first. One that is held longer
 * waits alone.
 */
function createHeldBatchers(store: Store): KeyedBatchers<NewMessage, SendVerdict> {
  const alone = bulkhead(ALONE_MAX, Number.POSITIVE_INFINITY);
  const together = createBatcher<readonly NewMessage[], Verdicts>({
    ...LIMITS,
    name: "heldTogether",
    batchMax: TOGETHER_MAX,
    run: async (talks) => {
      const verdicts = await storeSoon(store, talks.flat());
      return talks.map(() => verdicts);
    },
  });
  return createKeyedBatchers({
    ...LIMITS,
    name: "held",
    run: async (talk) => {
      const soon = await together.add(talk);
      const isDone = talk.every((each) => soon.has(each));
      const verdicts = isDone ? soon : await alone.execute(() => store(talk, lockStreams));
      return talk.map((each) => {
        const verdict = verdicts.get(each);
        invariant(verdict, "a send has no verdict", { messageId: each.id });
        return verdict;
      });
    },
  });
}

/** Waits briefly for the locks; after a timeout, stores only where the locks are free. */
async function storeSoon(store: Store, batch: readonly NewMessage[]): Promise<Verdicts> {
  try {
    return await store(batch, waitForStreamsBriefly);
  } catch (error) {
    if (!(error instanceof GraphQLError && error.extensions.code === "CONFLICT")) throw error;
    return store(batch);
  }
}

const waitForStreamsBriefly: Lock = async (tx, streamIds) => {
  await limitLockWaits(tx, PATIENCE_MS);
  return lockStreams(tx, streamIds);
};

async function storeBatch(
  database: Database,
  batch: readonly NewMessage[],
  lock: Lock | undefined,
): Promise<Verdicts> {
  if (batch.length === 0) return new Map();
  const rows = lock
    ? await lockAndAppend(database, batch, lock)
    : await appendToFree(database, batch);
  const verdicts = new Map<NewMessage, SendVerdict>();
  for (const [at, message] of batch.entries()) {
    const verdict = verdictOf(message, rows[at]);
    if (verdict) verdicts.set(message, verdict);
  }
  return verdicts;
}

async function lockAndAppend(
  database: Database,
  batch: readonly NewMessage[],
  lock: Lock,
): Promise<AppendRow[]> {
  return inTransaction(database, async (tx) => {
    const streamIds = new Set(batch.map((each) => conversationStream(each.conversationId)));
    await lock(tx, [...streamIds]);
    return appendMessages(tx, batch);
  });
}

/** Null for a message of a conversation that another transaction holds. */
function verdictOf(message: NewMessage, row: AppendRow | undefined): SendVerdict | null {
  invariant(row, "a send has no verdict", { messageId: message.id });
  const { verdict, messageId, seq, createdAt, threadRootSeq, isHidden } = row;
  if (verdict === "held") return null;
  if (verdict === "replayed") return { kind: verdict, messageId };
  if (verdict !== "stored") return { kind: verdict };
  invariant(seq !== null && createdAt !== null, "a stored message has no position", { messageId });
  const { requestHash: _, attachmentIds: __, attachmentsOf: ___, trace, ...shown } = message;
  const { mentions = [], isMentioningAll = false } = message;
  // Those that have attachments are read again by whoever answers with them.
  const told = { seq, createdAt, threadRootSeq, mentions, isMentioningAll, attachments: [] };
  const stored = { ...shown, ...told, version: 1, editedAt: null, deletedAt: null };
  return { kind: "stored", message: stored, isHidden, trace };
}

function entryOf(verdict: SendVerdict): Entry[] {
  if (verdict.kind !== "stored") return [];
  const { id, conversationId, senderId, seq, createdAt } = verdict.message;
  const streamId = conversationStream(conversationId);
  const { trace, isHidden } = verdict;
  const payload = { messageId: id, actorId: senderId, ...(isHidden && { isHidden }) };
  return [{ streamId, seq, prevSeq: seq - 1, type: "messageSent", payload, createdAt, trace }];
}
