// The loaders of blocks for one request: pages of a person's own, and whom its viewer blocks. They
// do not check who may read them.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Page } from "#kit/data/pagination";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../../database.ts";
import { type BlockPosition, type BlockRow, findBlocked, listBlocks } from "./store.ts";

export interface BlockLoaders {
  /** True for a person whom the viewer blocks. */
  readonly isBlockedByViewer: DataLoader<string, boolean>;
  /** A page of a person's blocks and one more, newest first. */
  blocks(blockerId: string, page: Page<BlockPosition>): Promise<BlockRow[]>;
}

export function createBlockLoaders(database: Database, viewer: Viewer | null): BlockLoaders {
  return {
    isBlockedByViewer: createLoader("isBlockedByViewer", async (personIds: readonly string[]) => {
      const blocked = viewer ? await findBlocked(database, viewer.id, personIds) : [];
      return personIds.map((id) => blocked.includes(id));
    }),
    blocks: (blockerId, page) => listBlocks(database, blockerId, page),
  };
}
