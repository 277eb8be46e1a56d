// Forgets an account in this subgraph: suggestions, answers, matches, and the copies of what its
// person published. README.md has the table of all columns.
import { inTransaction } from "#kit/data/database";
import { erasing } from "#kit/erasures/erasures";
import type { JobHandler } from "#kit/jobs/handlers";
import { deleteEntries, openStreams } from "#kit/live/streams";
import type { Database, Transaction } from "../database.ts";
import { accountErased } from "../integration.ts";
import { personStream } from "../streams.ts";
import {
  deleteAnswers,
  deleteMatch,
  deletePerson,
  deleteSuggestions,
  findMatched,
  isAnythingLeft,
  waitForLists,
} from "./store.ts";

const ROWS = 1_000;

export function erasingOfAccounts(database: Database): JobHandler {
  return erasing<Transaction>({
    database,
    answer: accountErased,
    batches: [
      (userId) => deleteOneMatch(database, userId),
      async (userId) => (await deleteAnswers(database, userId, ROWS)) > 0,
      async (userId) => (await deleteSuggestions(database, userId, ROWS)) > 0,
      async (userId) => (await deleteEntries(database, personStream(userId), ROWS)) > 0,
    ],
    async finish(tx, userId) {
      const own = personStream(userId);
      await openStreams(tx, [own]);
      if (await isAnythingLeft(tx, userId, own)) return false;
      await waitForLists(tx);
      const lateMax = 100 * ROWS;
      await deleteSuggestions(tx, userId, lateMax);
      await deletePerson(tx, userId, own);
      return true;
    },
  });
}

/** Deletes one match for both people. False when there is none. */
async function deleteOneMatch(database: Database, userId: string): Promise<boolean> {
  const otherId = await findMatched(database, userId);
  if (otherId === null) return false;
  await inTransaction(database, async (tx) => {
    await openStreams(tx, [personStream(userId), personStream(otherId)]);
    await deleteMatch(tx, userId, otherId, personStream(otherId));
  });
  return true;
}
