// Watching a conversation, for whoever is signed in and may use it, and for the audience of all.

import type { WatchedStream } from "#kit/live/shared/sharing";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../context.ts";
import { followAsAudience, followConversation } from "../following.ts";

/**
 * Opens the stream of a conversation for one who is in it, or for its audience; the id is
 * canonical. Else null.
 */
export async function watchConversation(
  context: Context,
  conversationId: string,
  after: number | null | undefined,
): Promise<WatchedStream | null> {
  if (context.feed !== null) return followAsAudience(context, conversationId, after);
  return followConversation(context, requireViewer(context), conversationId, after);
}
