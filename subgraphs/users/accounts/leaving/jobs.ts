// Erases accounts whose time to come back is over, in one transaction that also tells the other
// subgraphs.
import { systemClock } from "#kit/clock";
import { inTransaction } from "#kit/data/database";
import { erasureFact } from "#kit/erasures/erasures";
import { forgetJobs, forgetLetters, waitForWriters } from "#kit/erasures/store";
import { addToOutbox, blankFacts } from "#kit/facts/outbox";
import { removeFilesOf } from "#kit/files/jobs";
import { handleJob, type JobHandler } from "#kit/jobs/handlers";
import type { Database } from "../../database.ts";
import { accountErased } from "../../integration.ts";
import { deleteStream } from "../../notices/centre/store.ts";
import { insertNobody } from "../../people/profiles/store.ts";
import { personStream } from "../../streams.ts";
import { endSessions } from "../endings.ts";
import { eraseLeaving } from "./erase.ts";
import { isDue } from "./rules.ts";
import { deletePerson, insertErasure, lockLeaving } from "./store.ts";

const FILES_AT_ONCE = 100;

/**
 * All rows that refer to a person go with them, by their foreign keys. Until the last subgraph has
 * answered, a nameless card stands for the person, so that no list that still has them is broken.
 */
export function erasingOfLeaving(database: Database, clock = systemClock): JobHandler {
  return handleJob(eraseLeaving, async ({ payload, done }) => {
    const { personId: userId, erasureId } = payload;
    await inTransaction(database, async (tx) => {
      const leaving = await lockLeaving(tx, userId);
      const now = clock();
      if (leaving && isDue(leaving, erasureId, now)) {
        await endSessions(tx, { userId }, now);
        await waitForWriters(tx, userId);
        // Before the person, as when a picture is shown.
        while (await removeFilesOf(tx, userId, FILES_AT_ONCE)) {}
        await deleteStream(tx, personStream(userId));
        await deletePerson(tx, userId);
        await insertNobody(tx, userId, now);
        await blankFacts(tx, userId);
        await forgetLetters(tx, userId);
        await forgetJobs(tx, userId, eraseLeaving.name);
        await insertErasure(tx, { userId, erasureId, askedAt: leaving.askedAt, erasedAt: now });
        await addToOutbox(tx, [erasureFact(accountErased, { userId, erasureId })]);
      }
      await done(tx);
    });
  });
}
