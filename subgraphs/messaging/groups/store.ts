// Writes the details of groups. The caller holds the lock of the conversation's stream.
import type { Transaction } from "../database.ts";
import type { Details } from "./rules.ts";

/** Stores the details of a group as its next version. */
export async function updateDetails(
  tx: Transaction,
  conversationId: string,
  details: Details,
): Promise<void> {
  const { title, description, posting, adding, pinning, history, editHistory } = details;
  await tx.$executeRaw`/* messaging.details.update */
    update conversation set title = ${title}, description = ${description},
      posting = ${posting}::group_policy, adding = ${adding}::group_policy,
      pinning = ${pinning}::group_policy, history = ${history}::group_history,
      edit_history = ${editHistory}::edit_history,
      version = version + 1
    where id = ${conversationId}::uuid`;
}

/** The settings of a group, as its row has them. */
export type GroupSettingsRow = Omit<Details, "title" | "description">;
