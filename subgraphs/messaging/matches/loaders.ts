// The loader from matches to their conversations for one request. It does not check membership: the
// loader of conversations does.
import type DataLoader from "dataloader";
import { isId } from "#kit/data/id";
import { createLoader } from "#kit/data/loaders";
import type { Database } from "../database.ts";
import { findMatchConversations } from "./store.ts";

export interface MatchLoaders {
  /** The id of the conversation of a match; null when its two people have none. */
  readonly conversationOfMatch: DataLoader<string, string | null>;
}

export function createMatchLoaders(database: Database): MatchLoaders {
  return {
    conversationOfMatch: createLoader("conversationOfMatch", async (matchIds) => {
      const rows = await findMatchConversations(database, matchIds.filter(isId));
      const byMatch = new Map(rows.map((row) => [row.matchId, row.conversationId]));
      return matchIds.map((id) => byMatch.get(id) ?? null);
    }),
  };
}
