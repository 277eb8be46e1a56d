// The lane of sends as a test drives it: its messages, and who waits for a lock because of it.

import { newId } from "../../../kit/id.ts";
import type { Live } from "../../../kit/live.ts";
import type { NewMessage } from "../../../subgraphs/messaging/messages/store.ts";
import { withDatabase } from "../../kit/database.ts";

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
  };
}

/** Resolves once as many as said wait for a lock that a statement of this name wants. */
export async function waitsFor(statement: string, count = 1): Promise<void> {
  await withDatabase("messaging", async (client) => {
    for (;;) {
      const { rowCount } = await client.query(
        `select from pg_stat_activity where wait_event_type = 'Lock' and query like $1`,
        [`/* ${statement} */%`],
      );
      if ((rowCount ?? 0) >= count) return;
    }
  });
}
