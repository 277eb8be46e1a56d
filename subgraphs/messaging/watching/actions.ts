// Watching a conversation, for whoever is signed in and may use it.
import { requireViewer } from "#kit/identity";
import type { Entry } from "#kit/logs";
import type { Context } from "../context.ts";
import { followConversation } from "../following.ts";

/** Opens the stream of a conversation for one who is in it; the id is canonical. Else null. */
export async function watchConversation(
  context: Context,
  conversationId: string,
  after: number | null | undefined,
): Promise<AsyncIterableIterator<Entry> | null> {
  return followConversation(context, requireViewer(context), conversationId, after);
}
