// Batches what one request asks about people's own streams.
import DataLoader from "dataloader";
import { logReader } from "#kit/live/streams";
import type { Database } from "../context.ts";
import { personStream } from "../streams.ts";

export interface InboxLoaders {
  /** The seq of the last entry of a person's own stream; 0 when nothing has happened yet. */
  readonly inboxSeq: DataLoader<string, number>;
}

export function createInboxLoaders(database: Database): InboxLoaders {
  return {
    inboxSeq: new DataLoader(async (personIds: readonly string[]) => {
      const heads = await logReader(database).heads(personIds.map(personStream));
      return personIds.map((id) => heads.get(personStream(id)) ?? 0);
    }),
  };
}
