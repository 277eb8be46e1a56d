// Stores blocks, and ends the two people's streams of their direct conversation. The database
// function `standing_of` keeps them from writing.
import type { Append } from "#kit/live/changes";
import { openStreams } from "#kit/live/streams";
import { pairOf } from "./conversations/rules.ts";
import type { Transaction } from "./database.ts";
import { type BlockState, putBlock } from "./projection/store.ts";
import { blockStream } from "./streams.ts";

/**
 * Stores whether one person blocks another. Row and entry are written in one transaction: a reader
 * that was authorized without seeing the row gets the entry.
 */
export async function applyBlock(
  tx: Transaction,
  state: BlockState,
  version: number,
  append: Append,
): Promise<void> {
  const isNew = await putBlock(tx, state, version);
  if (!isNew || !state.isBlocked) return;
  const { pairLow, pairHigh } = pairOf(state.blockerId, state.blockedId);
  const streamId = blockStream(pairLow, pairHigh);
  await openStreams(tx, [streamId]);
  await append([{ streamId, type: "blocked", payload: {} }]);
}
