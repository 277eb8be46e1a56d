// The loaders of earlier texts for one request.
import type DataLoader from "dataloader";
import { createLoader, type PagesLoader, pagesLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../database.ts";
import { type EditRow, findWithHistory, listEdits } from "./store.ts";

export interface EditLoaders {
  /** Whether the viewer may see the earlier texts of a message. */
  readonly hasHistory: DataLoader<string, boolean>;
  /** The earlier texts of a message, the latest first, for those who may see them. */
  readonly edits: PagesLoader<number, EditRow>;
}

export function createEditLoaders(database: Database, viewer: Viewer | null): EditLoaders {
  return {
    hasHistory: createLoader("hasHistory", async (messageIds: readonly string[]) => {
      const found = viewer ? await findWithHistory(database, viewer.id, messageIds) : new Set();
      return messageIds.map((id) => found.has(id));
    }),
    edits: pagesLoader(
      "edits",
      (messageIds, page) => listEdits(database, messageIds, page),
      (row) => row.messageId,
    ),
  };
}
