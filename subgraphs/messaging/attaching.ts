// Takes files out of messages, for those who delete a message, and for erased accounts.
import { removeFiles } from "#kit/files/jobs";
import { detachFiles } from "./attachments/store.ts";
import type { Transaction } from "./database.ts";

/** Removes them with their bytes, unless another message has them too. */
export async function removeAttachments(
  tx: Transaction,
  messageIds: readonly string[],
): Promise<void> {
  await removeFiles(tx, await detachFiles(tx, messageIds));
}
