// The export of @meetinity/client/conversation. It is apart from the client, so that pages without
// a conversation do not load its state.
import type { Client } from "./client.ts";
import { Conversation } from "./conversation.ts";
import { draftsOf } from "./open-drafts.ts";

/** Opens a conversation. Close it when its screen closes. */
export function openConversation(client: Client, conversationId: string): Conversation {
  return new Conversation({ ...client.parts, drafts: draftsOf(client), conversationId });
}
