// The lane of sends: what one process is asked to say in one turn, in all conversations, is locked
// and stored by one pair of statements, and every send hears its own verdict.
import { GraphQLError } from "graphql";
import { inTransaction } from "#kit/database";
import { fail } from "#kit/errors";
import { invariant } from "#kit/invariant";
import { createLane, type Lane } from "#kit/lanes";
import type { Live } from "#kit/live";
import { type Entry, lockStreams } from "#kit/logs";
import { isOutage } from "#kit/outage";
import type { Database } from "../context.ts";
import { conversationStream } from "../streams.ts";
import { type AppendRow, appendMessages, type MessageRow, type NewMessage } from "./store.ts";

export type SendVerdict =
  | { readonly kind: "stored"; readonly message: MessageRow }
  | { readonly kind: "replayed"; readonly messageId: string }
  | { readonly kind: "conflict" | "notFound" | "replyNotFound" };

const BATCH_MAX = 200;
const WAITING_MAX = 5_000;
const RETRY_AFTER_MS = 500;

export function createSendLane(
  database: Database,
  live: Pick<Live, "announce">,
): Lane<NewMessage, SendVerdict> {
  return createLane({
    run: async (batch) => {
      const verdicts = await storeBatch(database, batch);
      live.announce(verdicts.flatMap(entryOf));
      return verdicts;
    },
    batchMax: BATCH_MAX,
    waitingMax: WAITING_MAX,
    overflow: () =>
      fail("RATE_LIMITED", "Too many messages are waiting to be stored; send it again.", {
        retryAfterMs: RETRY_AFTER_MS,
      }),
    // A lock that was not to be had, a database that is slow or gone: everybody may send again.
    isShared: (error) => error instanceof GraphQLError || isOutage(error),
  });
}

async function storeBatch(
  database: Database,
  batch: readonly NewMessage[],
): Promise<SendVerdict[]> {
  const streamIds = [...new Set(batch.map((each) => conversationStream(each.conversationId)))];
  const rows = await inTransaction(database, async (tx) => {
    await lockStreams(tx, streamIds);
    return appendMessages(tx, batch);
  });
  return batch.map((message, at) => {
    const row = rows[at];
    invariant(row, "a send has no verdict", { at, rows: rows.length });
    return verdictOf(message, row);
  });
}

function verdictOf(message: NewMessage, row: AppendRow): SendVerdict {
  const { verdict, messageId, seq, createdAt } = row;
  if (verdict === "replayed") return { kind: verdict, messageId };
  if (verdict !== "stored") return { kind: verdict };
  invariant(seq !== null && createdAt !== null, "a stored message has no place", { messageId });
  const { requestHash: _, ...shown } = message;
  const stored = { ...shown, seq, createdAt, version: 1, editedAt: null, deletedAt: null };
  return { kind: "stored", message: stored };
}

function entryOf(verdict: SendVerdict): Entry[] {
  if (verdict.kind !== "stored") return [];
  const { id, conversationId, seq, createdAt } = verdict.message;
  const streamId = conversationStream(conversationId);
  const payload = { messageId: id };
  return [{ streamId, seq, prevSeq: seq - 1, type: "messageSent", payload, createdAt }];
}
