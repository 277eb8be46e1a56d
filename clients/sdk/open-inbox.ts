// The export of @meetinity/client/inbox. It is apart from the client, so that pages without the
// list of conversations do not load its state.
import type { Client } from "./client.ts";
import type { ConversationFilter } from "./generated/operations.ts";
import { Inbox } from "./inbox.ts";

/** Opens a list of conversations. Close it when its screen closes. */
export function openInbox(client: Client, filter: ConversationFilter = "ALL"): Inbox {
  return new Inbox({ ...client.parts, filter });
}
