// The erasure of an account in one subgraph: the event of its owner is stored with a job, the job
// erases in bounded batches, and the transaction of the last one answers with an event of this
// subgraph. Each subgraph's erasures/ says what is erased.
import { z } from "zod";
import { inTransaction, type Sql, type TransactionRunner } from "#kit/data/database";
import {
  type ErasedAccount,
  forgetJobs,
  forgetLetters,
  listDone,
  markErased,
  recordErasure,
  waitForWriters,
} from "#kit/erasures/store";
import { type Handler, handle } from "#kit/facts/effects";
import { addToOutbox, type Fact, factOf, type Topic } from "#kit/facts/outbox";
import type { SnapshotPart } from "#kit/facts/relay-answers";
import { handleJob, type JobHandler } from "#kit/jobs/handlers";
import { enqueue, jobKind, jobOf } from "#kit/jobs/kinds";

/** The state in the integration events of an erasure: of its owner, and of each subgraph. */
export const erasedAccount = z.object({ userId: z.uuid(), erasureId: z.uuid() });

/** Given up after about two days; an admin sees that and can retry it. */
const ATTEMPTS_MAX = 60;

const eraseAccount = jobKind("accounts.erase", erasedAccount, { attemptsMax: ATTEMPTS_MAX });

/** The integration event of an erasure. */
export function erasureFact(
  topic: Topic<typeof erasedAccount>,
  { userId, erasureId }: ErasedAccount,
): Fact {
  return factOf(topic, userId, 1, { userId, erasureId });
}

/** The part of a subgraph's snapshot with the erasures that it has done. */
export function erasuresPart(database: Sql, topic: Topic<typeof erasedAccount>): SnapshotPart {
  return {
    name: "erasures",
    page: async (after, limit) =>
      (await listDone(database, after, limit)).map((done) => erasureFact(topic, done)),
  };
}

/** Stores an erasure and its job, in the transaction of the consumer's offset. */
export function handleErasure<Tx extends Sql>(topic: string): Handler<Tx> {
  return handle<Tx, typeof erasedAccount>(
    topic,
    erasedAccount,
    async (tx, told) => {
      await recordErasure(tx, told);
      await enqueue(tx, [jobOf(eraseAccount, told, { key: told.erasureId })]);
    },
    // An erasure never changes, so it has no versions.
    async () => undefined,
  );
}

export interface Erasing<Tx extends Sql> {
  readonly database: TransactionRunner<Tx>;
  /** This subgraph's event, with which it answers. */
  readonly answer: Topic<typeof erasedAccount>;
  /**
   * Each erases one batch in a transaction of its own, and returns false when it found nothing.
   */
  readonly batches: readonly ((userId: string) => Promise<boolean>)[];
  /**
   * Erases the rest, in the transaction of the answer, while nobody is admitted as a writer. It
   * first locks what all other writers lock that add something of the person, and returns false,
   * with nothing erased, when one was faster.
   */
  finish(tx: Tx, userId: string): Promise<boolean>;
}

/** The handler of the jobs that erase accounts. */
export function erasing<Tx extends Sql>({
  database,
  answer,
  batches,
  finish,
}: Erasing<Tx>): JobHandler {
  return handleJob(eraseAccount, async ({ payload, signal, done }) => {
    const { userId } = payload;
    for (;;) {
      for (const batch of batches) {
        while (await batch(userId)) signal.throwIfAborted();
      }
      const isComplete = await inTransaction(database, async (tx) => {
        await waitForWriters(tx, userId);
        if (!(await finish(tx, userId))) return false;
        await forgetLetters(tx, userId);
        await forgetJobs(tx, userId, eraseAccount.name);
        await markErased(tx, userId);
        await addToOutbox(tx, [erasureFact(answer, payload)]);
        await done(tx);
        return true;
      });
      if (isComplete) return;
      signal.throwIfAborted();
    }
  });
}
