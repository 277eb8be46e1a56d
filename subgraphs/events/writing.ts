// The two ways in which requests change this database. Both refuse people whose accounts are
// erased, so that nothing of them is stored after the erasure.
import { inTransaction } from "#kit/data/database";
import { admitWriter, admitWriterOf } from "#kit/erasures/store";
import { type Change, publishAfterCommit } from "#kit/live/changes";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "./context.ts";
import type { Transaction } from "./database.ts";

/**
 * Runs `work` behind the lock of a stream, as `changeStream` of the kit does; `exists` is false
 * when there is no such stream.
 */
export function changeAsViewer<Outcome>(
  context: Context,
  streamId: string,
  work: (change: Change<Transaction>, exists: boolean) => Promise<Outcome>,
): Promise<Outcome> {
  const { id } = requireViewer(context);
  const { database, live, queue } = context;
  return queue.run(streamId, () =>
    publishAfterCommit(database, live.announce, async (change: Change<Transaction>) =>
      work({ ...change, writerId: id }, await admitWriterOf(change.tx, streamId, id)),
    ),
  );
}

/** Runs `work` in a transaction, for what changes no stream. */
export function writeAsViewer<Outcome>(
  context: Context,
  work: (tx: Transaction) => Promise<Outcome>,
): Promise<Outcome> {
  const { id } = requireViewer(context);
  return inTransaction<Transaction, Outcome>(context.database, async (tx) => {
    await admitWriter(tx, id);
    return work(tx);
  });
}
