// Watches a conversation, as a viewer who may use it or as the audience of all of them.

import type { WatchedStream } from "#kit/live/shared/sharing";
import { requireViewer } from "#kit/trust/identity";
import type { Context } from "../context.ts";
import { followAsAudience, followConversation } from "../following.ts";

/** Opens the stream of a conversation for the viewer or the audience; null if it does not exist. */
export async function watchConversation(
  context: Context,
  conversationId: string,
  after: number | null | undefined,
): Promise<WatchedStream | null> {
  if (context.feed !== null) return followAsAudience(context, conversationId, after);
  return followConversation(context, requireViewer(context), conversationId, after);
}
