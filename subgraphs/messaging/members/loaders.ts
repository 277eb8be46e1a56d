// The loader of the changes of members among messages, for one request.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import type { Viewer } from "#kit/trust/identity";
import type { Database } from "../database.ts";
import { keyOfRange, listMemberChanges, type MemberChangeRow, type SeqRange } from "./store.ts";

export interface MemberLoaders {
  /** The changes of the members in a part of a conversation that the viewer may see. */
  readonly memberChanges: DataLoader<SeqRange, MemberChangeRow[], string>;
}

export function createMemberLoaders(database: Database, viewer: Viewer | null): MemberLoaders {
  return {
    memberChanges: createLoader(
      "memberChanges",
      async (ranges) =>
        viewer ? listMemberChanges(database, viewer.id, ranges) : ranges.map(() => []),
      { cacheKeyFn: keyOfRange },
    ),
  };
}
