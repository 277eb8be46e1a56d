// Takes back a change of address that waits for its confirmation.
import { inTransaction } from "#kit/data/database";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../../../context.ts";
import { endOnce } from "../../one-time/store.ts";

/**
 * The link and the code that are on their way stop working. Without such a change nothing happens.
 * A confirmation uses the same row: the first of the two counts.
 */
export async function cancelEmailChange(context: Context): Promise<string> {
  const { id: personId } = requireViewer(context);
  await inTransaction(context.database, (tx) =>
    endOnce(tx, personId, "email.change", context.now()),
  );
  context.loaders.pendingEmail.clear(personId);
  return personId;
}
