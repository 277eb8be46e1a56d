// What a block does here: it is kept, and ends what the two people watch of their direct
// conversation. What keeps them from writing is the database function `standing_of`.
import type { Announce } from "#kit/facts/effects";
import { appendEntries, openStreams } from "#kit/live/streams";
import type { Transaction } from "./context.ts";
import { pairOf } from "./conversations/rules.ts";
import { type BlockState, putBlock } from "./projection/store.ts";
import { blockStream } from "./streams.ts";

/**
 * Keeps whether one person blocks another. The entry and the row are one transaction: whoever was
 * admitted without seeing the row reads the entry.
 */
export async function applyBlock(
  tx: Transaction,
  state: BlockState,
  version: number,
  announce: Announce,
): Promise<void> {
  const isNew = await putBlock(tx, state, version);
  if (!isNew || !state.isBlocked) return;
  const { pairLow, pairHigh } = pairOf(state.blockerId, state.blockedId);
  const streamId = blockStream(pairLow, pairHigh);
  await openStreams(tx, [streamId]);
  announce(await appendEntries(tx, [{ streamId, type: "blocked", payload: {} }]));
}
