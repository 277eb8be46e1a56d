// The one way to change what a person alone has in their conversations: behind the lock of their
// own stream. Nobody else sees it, so the conversation's stream is not locked.
import { type Change, changeStreams } from "#kit/live/changes";
import { deleteEmptyStreams } from "#kit/live/streams";
import { requireViewer } from "#kit/trust/identity";
import { clearLoaders } from "./clear-loaders.ts";
import type { Context } from "./context.ts";
import type { Transaction } from "./database.ts";
import { personStream } from "./streams.ts";

/**
 * Runs `work` while no other device of the viewer changes what they have. It returns null when the
 * conversation does not exist for them.
 */
export async function changeOwn<Outcome>(
  context: Context,
  work: (change: Change<Transaction>, viewerId: string) => Promise<Outcome | null>,
): Promise<Outcome | null> {
  const { id: viewerId } = requireViewer(context);
  const streamIds = [personStream(viewerId)];
  const outcome = await changeStreams<Transaction, Outcome | null>(
    context,
    streamIds,
    async (change) => {
      const done = await work(change, viewerId);
      // Also for an erased person with a token that is still valid: they are no member any more.
      if (done === null) await deleteEmptyStreams(change.tx, streamIds);
      return done;
    },
  );
  clearLoaders(context);
  return outcome;
}
