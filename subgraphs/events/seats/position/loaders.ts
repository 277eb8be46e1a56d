// The loader of the positions of people's own streams for one request.
import type DataLoader from "dataloader";
import { createLoader } from "#kit/data/loaders";
import { logReader } from "#kit/live/streams";
import type { Database } from "../../database.ts";
import { personStream } from "../../streams.ts";

export interface PositionLoaders {
  /** The last seq of a person's stream of registrations; 0 when it has no entries. */
  readonly registrationsSeq: DataLoader<string, number>;
}

export function createPositionLoaders(database: Database): PositionLoaders {
  const log = logReader(database);
  return {
    registrationsSeq: createLoader("registrationsSeq", async (personIds: readonly string[]) => {
      const heads = await log.heads(personIds.map(personStream));
      return personIds.map((id) => heads.get(personStream(id)) ?? 0);
    }),
  };
}
