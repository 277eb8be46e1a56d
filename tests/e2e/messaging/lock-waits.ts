// Messages for tests of the send batcher, and a wait for sessions that are blocked by a lock.
import { newId } from "../../../kit/data/id.ts";
import type { Live } from "../../../kit/live/live.ts";
import type { NewMessage } from "../../../subgraphs/messaging/messages/store.ts";
import { databaseUrlOf, withDatabase } from "../../kit/database.ts";

const APPLICATION = `send-batcher-${newId()}`;

/**
 * The database URL of messaging with a name by which `untilWaitingForLock` finds these sessions.
 */
export function ownConnections(): string {
  const url = new URL(databaseUrlOf("messaging"));
  url.searchParams.set("application_name", APPLICATION);
  return url.href;
}

/** Streams that nobody listens to. */
export const silent: Pick<Live, "announce"> = { announce: () => {} };

export function messageOf(conversationId: string, senderId: string, body = "hello"): NewMessage {
  const id = newId();
  return {
    id,
    conversationId,
    senderId,
    clientMessageId: id,
    requestHash: body,
    body,
    replyToId: null,
    threadRootId: null,
    isForwarded: false,
    trace: null,
  };
}

/** Resolves when `count` sessions of this file wait for a lock in the statement of this name. */
export async function untilWaitingForLock(statement: string, count = 1): Promise<void> {
  await withDatabase("messaging", async (client) => {
    for (;;) {
      const { rowCount } = await client.query(
        `select from pg_stat_activity
         where wait_event_type = 'Lock' and application_name = $1 and query like $2`,
        [APPLICATION, `/* ${statement} */%`],
      );
      if ((rowCount ?? 0) >= count) return;
    }
  });
}
