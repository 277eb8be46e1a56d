// Loads, for one request, the pictures of groups that were sent. The resolver judges who may
// read them.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Database } from "../database.ts";
import { type ConversationPictureUploadRow, findLastUploads } from "./store.ts";

export interface PictureLoaders {
  /** The last picture that was sent for a group; null for none. */
  readonly pictureUpload: DataLoader<string, ConversationPictureUploadRow | null>;
}

export function createPictureLoaders(database: Database): PictureLoaders {
  return {
    pictureUpload: createLoader("pictureUpload", async (conversationIds: readonly string[]) => {
      const rows = await findLastUploads(database, conversationIds);
      const byGroup = new Map(rows.map((row) => [row.conversationId, row]));
      return conversationIds.map((id) => byGroup.get(id) ?? null);
    }),
  };
}
