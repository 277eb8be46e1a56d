// What one request reads of blocks: pages of a person's own. It does not judge who may read them.
import type { Page } from "#kit/pagination";
import type { Database } from "../database.ts";
import { type BlockPosition, type BlockRow, listBlocks } from "./store.ts";

export interface BlockLoaders {
  /** One more of a person's standing blocks than the page holds, newest first. */
  blocks(blockerId: string, page: Page<BlockPosition>): Promise<BlockRow[]>;
}

export function createBlockLoaders(database: Database): BlockLoaders {
  return { blocks: (blockerId, page) => listBlocks(database, blockerId, page) };
}
