// The export of @meetinity/client/drafts. It is apart from the client, so that pages without a
// field for messages do not load it.
import type { Client } from "./client.ts";
import { Drafts } from "./drafts.ts";

const opened = new WeakMap<Client, Drafts>();

/** The drafts of the viewer in all conversations: the same object for each call. */
export function draftsOf(client: Client): Drafts {
  const known = opened.get(client);
  if (known) return known;
  const drafts = new Drafts(client.parts);
  opened.set(client, drafts);
  client.session.onSignOut((viewerId) => drafts.forget(viewerId));
  // The network is back.
  client.connection.subscribe(() => {
    if (client.connection.getSnapshot() === "open") drafts.wake();
  });
  return drafts;
}
