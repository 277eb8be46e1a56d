// Changes of streams: lock, read and judge behind the lock, append entries, commit, publish.
// Rules and stores decide what changes; this file only keeps the order of the steps.
import { inTransaction, type Sql, type TransactionRunner } from "#kit/data/database";
import type { KeyedQueue } from "#kit/data/keyed-queue";
import {
  appendEntries,
  type Entry,
  lockStreams,
  type NewEntry,
  openStreams,
} from "#kit/live/streams";

/**
 * Appends entries to streams that the transaction has locked, and returns them with their seqs.
 * They are published after the commit.
 */
export type Append = (entries: readonly NewEntry[]) => Promise<Entry[]>;

/** Publishes entries that are committed. */
export type Announce = (entries: readonly Entry[]) => void;

/** An open transaction that may append entries. */
export interface Change<Tx> {
  readonly tx: Tx;
  readonly append: Append;
  /** The person who writes, where their account is known not to be erased: see `admitWriter`. */
  readonly writerId?: string;
}

interface Services<Tx> {
  readonly database: TransactionRunner<Tx>;
  readonly live: { readonly announce: Announce };
}

/**
 * Runs `work` in a transaction that holds the lock of one stream; `exists` is false when there is
 * no such stream. Changes of one stream queue up in this process, and hold no connection meanwhile.
 */
export function changeStream<Tx extends Sql, Outcome>(
  services: Services<Tx> & { readonly queue: KeyedQueue },
  streamId: string,
  work: (change: Change<Tx>, exists: boolean) => Promise<Outcome>,
): Promise<Outcome> {
  return services.queue.run(streamId, () =>
    publishAfterCommit(services.database, services.live.announce, async (change) => {
      const locked = await lockStreams(change.tx, [streamId]);
      return work(change, locked.has(streamId));
    }),
  );
}

/**
 * Runs `work` in a transaction that holds the locks of all these streams; those that do not exist
 * yet are created.
 */
export function changeStreams<Tx extends Sql, Outcome>(
  { database, live }: Services<Tx>,
  streamIds: readonly string[],
  work: (change: Change<Tx>) => Promise<Outcome>,
): Promise<Outcome> {
  return publishAfterCommit(database, live.announce, async (change) => {
    await openStreams(change.tx, streamIds);
    return work(change);
  });
}

/** Runs `work` in a transaction, and announces the entries that it appended after the commit. */
export async function publishAfterCommit<Tx extends Sql, Outcome>(
  database: TransactionRunner<Tx>,
  announce: Announce,
  work: (change: Change<Tx>) => Promise<Outcome>,
): Promise<Outcome> {
  const appended: Entry[] = [];
  const outcome = await inTransaction(database, (tx) => {
    const append = async (entries: readonly NewEntry[]) => {
      const stored = await appendEntries(tx, entries);
      appended.push(...stored);
      return stored;
    };
    return work({ tx, append });
  });
  announce(appended);
  return outcome;
}
