// Erases an account in this subgraph: its messages lose their texts and keep their places, it
// leaves all conversations, and its own stream goes. README.md has the table of all columns.
import { inTransaction } from "#kit/data/database";
import { erasing } from "#kit/erasures/erasures";
import { removeFiles, removeFilesOf } from "#kit/files/jobs";
import type { JobHandler } from "#kit/jobs/handlers";
import {
  appendEntries,
  deleteEntries,
  lockStreams,
  type NewEntry,
  openStreams,
} from "#kit/live/streams";
import { removeAttachments } from "../attaching.ts";
import type { Database, Transaction } from "../database.ts";
import { messageErased, reactionErased } from "../entries.ts";
import { accountErased } from "../integration.ts";
import { deleteDeparture, listPresent } from "../members/store.ts";
import { deleteMentionsOf } from "../mentions/store.ts";
import { requestChanged } from "../own-entries.ts";
import { removePresent } from "../removing.ts";
import { deleteRequestsOf, listSentTo } from "../requests/store.ts";
import { conversationStream, personStream } from "../streams.ts";
import {
  deletePerson,
  deleteReactions,
  eraseDetailsIfEmpty,
  eraseMessages,
  findConversation,
  findSeenByAll,
  isAnythingLeft,
  takePictures,
} from "./store.ts";

/** The most messages, and the most reactions, of one transaction. */
const BATCH = 200;
const ENTRIES = 1_000;

/** Entries are found by the poll of open streams, within a second: workers have no Redis. */
export function erasingOfAccounts(database: Database): JobHandler {
  return erasing<Transaction>({
    database,
    answer: accountErased,
    batches: [
      (userId) => eraseInOneConversation(database, userId),
      (userId) => withdrawRequests(database, userId),
      (userId) =>
        inTransaction(database, async (tx) => {
          await takePictures(tx, userId);
          return removeFilesOf(tx, userId, BATCH);
        }),
      async (userId) => (await deleteEntries(database, personStream(userId), ENTRIES)) > 0,
    ],
    async finish(tx, userId) {
      const own = personStream(userId);
      await openStreams(tx, [own]);
      if (await isAnythingLeft(tx, userId, own)) return false;
      await deletePerson(tx, userId, own);
      return true;
    },
  });
}

/** Takes back a batch of the person's message requests, and tells the receivers of open ones. */
async function withdrawRequests(database: Database, userId: string): Promise<boolean> {
  const sent = await listSentTo(database, userId, BATCH);
  if (sent.length === 0) return false;
  await inTransaction(database, async (tx) => {
    // A receiver without a stream is erased too.
    const told = await lockStreams(tx, sent.map(personStream));
    const withdrawn = await deleteRequestsOf(tx, userId, sent);
    const open = withdrawn.filter(
      ({ isOpen, receiverId }) => isOpen && told.has(personStream(receiverId)),
    );
    await appendEntries(
      tx,
      open.map(({ receiverId, conversationId }) =>
        requestChanged(receiverId, conversationId, false),
      ),
    );
  });
  return true;
}

/**
 * Erases a batch in one conversation, and lets the person leave it behind their last one. False
 * when there is no such conversation.
 */
async function eraseInOneConversation(database: Database, userId: string): Promise<boolean> {
  const conversationId = await findConversation(database, userId);
  if (conversationId === null) return false;
  await inTransaction(database, async (tx) => {
    await lockStreams(tx, [conversationStream(conversationId)]);
    const messages = await eraseMessages(tx, conversationId, userId, BATCH);
    await removeAttachments(
      tx,
      messages.hadText.map(({ id }) => id),
    );
    const reactions = await deleteReactions(tx, conversationId, userId, BATCH);
    const append = (entries: readonly NewEntry[]) => appendEntries(tx, entries);
    const seen = await findSeenByAll(tx, conversationId);
    await append([
      ...messages.hadText.map((message) => messageErased(message, seen)),
      ...reactions.map((reaction) => reactionErased(reaction, seen, reaction.emoji)),
    ]);
    if (messages.count === BATCH || reactions.length === BATCH) return;
    await deleteDeparture(tx, conversationId, userId);
    await deleteMentionsOf(tx, conversationId, userId);
    const present = await listPresent(tx, conversationId);
    await removePresent({ tx, append }, { conversationId, userId, actorId: null }, present);
    await removeFiles(tx, await eraseDetailsIfEmpty(tx, conversationId));
  });
  return true;
}
