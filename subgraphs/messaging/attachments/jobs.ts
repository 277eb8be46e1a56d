// Tells the members of a conversation when a worker has looked at a file of a message.
import type { FilePurpose } from "#kit/files/jobs";
import { appendEntries, lockStreams } from "#kit/live/streams";
import type { Transaction } from "../database.ts";
import { messageChanged } from "../entries.ts";
import { findSeenByAll } from "../erasures/store.ts";
import { conversationStream } from "../streams.ts";
import { ATTACHMENT_MEDIA, ATTACHMENTS } from "./rules.ts";
import { findAttached } from "./store.ts";

/** Entries are found by the poll of open streams, within a second: workers have no Redis. */
export const ATTACHMENT_PURPOSE: Readonly<Record<string, FilePurpose<Transaction>>> = {
  [ATTACHMENTS]: {
    media: ATTACHMENT_MEDIA,
    // A send locks the conversation before the file too.
    async lock(tx, { subjectId }) {
      if (subjectId !== null) await lockStreams(tx, [conversationStream(subjectId)]);
    },
    async settled(tx, { id, ownerId }) {
      for (const message of await findAttached(tx, id)) {
        const seen = await findSeenByAll(tx, message.conversationId);
        const change = { type: "attachmentSettled", actorId: ownerId } as const;
        await appendEntries(tx, [messageChanged(message, seen, change)]);
      }
    },
  },
};
