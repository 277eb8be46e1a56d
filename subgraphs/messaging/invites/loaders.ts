// The loader of invites for one request. Callers check that the viewer may make some.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Database } from "../database.ts";
import { type InviteRow, listInvites } from "./store.ts";

export interface InviteLoaders {
  /** The invites of a conversation that can be used, the latest first. */
  readonly invites: DataLoader<string, InviteRow[]>;
}

export function createInviteLoaders(database: Database): InviteLoaders {
  return {
    invites: createLoader("invites", async (conversationIds: readonly string[]) => {
      const rows = await listInvites(database, conversationIds);
      return conversationIds.map((id) => rows.filter((row) => row.conversationId === id));
    }),
  };
}
