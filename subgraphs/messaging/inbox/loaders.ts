// The loader of heads of people's own streams for one request.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import { logReader } from "#kit/live/streams";
import type { Database } from "../database.ts";
import { personStream } from "../streams.ts";

export interface InboxLoaders {
  /** The head of a person's own stream; 0 while it has no entry. */
  readonly inboxSeq: DataLoader<string, number>;
}

export function createInboxLoaders(database: Database): InboxLoaders {
  return {
    inboxSeq: createLoader("inboxSeq", async (personIds: readonly string[]) => {
      const heads = await logReader(database).heads(personIds.map(personStream));
      return personIds.map((id) => heads.get(personStream(id)) ?? 0);
    }),
  };
}
