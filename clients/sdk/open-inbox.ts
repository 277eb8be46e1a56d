// The export of @meetinity/client/inbox. It is apart from the client, so that pages without the
// list of conversations do not load its state.
import type { Client } from "./client.ts";
import { Inbox } from "./inbox.ts";

/** Opens the list of conversations. Close it when its screen closes. */
export function openInbox(client: Client): Inbox {
  return new Inbox(client.parts);
}
