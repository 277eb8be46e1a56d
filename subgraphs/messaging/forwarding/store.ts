// Reads messages that were forwarded before.
import type { Database } from "../database.ts";

/** The part of a request that tells it from another one. */
export interface Forwarded {
  readonly conversationId: string;
  readonly senderId: string;
  readonly clientMessageId: string;
  readonly requestHash: string;
}

/** The id of the message that this request has made already; null when it has not. */
export async function findForwarded(
  database: Database,
  forwarded: Forwarded,
): Promise<string | null> {
  const { requestHash, ...key } = forwarded;
  const found = await database.message.findUnique({
    where: { conversationId_senderId_clientMessageId: key },
    select: { id: true, requestHash: true },
  });
  return found?.requestHash === requestHash ? found.id : null;
}
