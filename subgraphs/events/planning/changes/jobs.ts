// Tells people of changes of events, batch after batch. Streams that are open find the entries by
// the poll of their heads, within a second: workers have no Redis.
import { inTransaction } from "#kit/data/database";
import { handleJob, type JobHandler } from "#kit/jobs/handlers";
import { appendEntries, lockStreams, type NewEntry } from "#kit/live/streams";
import type { Database } from "../../database.ts";
import { eventStream } from "../../streams.ts";
import { NOTICE_BATCH, telling, tellNext } from "../notices.ts";

/**
 * Each batch and the position behind it are one transaction, so a job that died goes on where it
 * was, and two workers with the same job tell nobody twice.
 */
export function tellingOfChanges(database: Database, batch = NOTICE_BATCH): JobHandler {
  return handleJob(telling, async ({ payload: { eventId, seq }, signal, done }) => {
    for (let isDone = false; !isDone; ) {
      signal.throwIfAborted();
      isDone = await inTransaction(database, async (tx) => {
        await lockStreams(tx, [eventStream(eventId)]);
        const append = (entries: readonly NewEntry[]) => appendEntries(tx, entries);
        const told = await tellNext({ tx, append }, eventId, seq, batch);
        if (told.isDone) await done(tx);
        return told.isDone;
      });
    }
  });
}
