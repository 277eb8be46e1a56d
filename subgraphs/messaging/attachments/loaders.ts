// Loads, for one request, the attachments that the viewer may read.
import type DataLoader from "dataloader";
import { byIdLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../database.ts";
import { type AttachmentRow, findAttachments } from "./store.ts";

export interface AttachmentLoaders {
  /** An attachment by id; null when it does not exist for the viewer. */
  readonly attachment: DataLoader<string, AttachmentRow | null>;
}

export function createAttachmentLoaders(
  database: Database,
  viewer: Viewer | null,
): AttachmentLoaders {
  return {
    attachment: byIdLoader("attachment", async (ids) =>
      viewer ? findAttachments(database, viewer.id, ids) : [],
    ),
  };
}
