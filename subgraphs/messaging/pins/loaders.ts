// The loaders of pins for one request, for conversations and messages that the viewer may see.
import type DataLoader from "dataloader";
import { createLoader, type PagesLoader, pagesLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../database.ts";
import { findPins, listPins, type PinRow } from "./store.ts";

export interface PinLoaders {
  /** When a message was pinned; null while it is not. */
  readonly pinnedAt: DataLoader<string, Date | null>;
  /** The pins of a conversation, the latest first. */
  readonly pins: PagesLoader<number, PinRow>;
}

export function createPinLoaders(database: Database, viewer: Viewer | null): PinLoaders {
  return {
    pinnedAt: createLoader("pinnedAt", async (messageIds: readonly string[]) => {
      const found = await findPins(database, messageIds);
      return messageIds.map((id) => found.get(id) ?? null);
    }),
    pins: pagesLoader(
      "pins",
      async (conversationIds, page) =>
        viewer ? listPins(database, viewer.id, conversationIds, page) : [],
      (row) => row.conversationId,
    ),
  };
}
