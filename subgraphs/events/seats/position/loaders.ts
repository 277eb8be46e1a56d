// The loader of the positions of people's own streams for one request.
import DataLoader from "dataloader";
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
    registrationsSeq: new DataLoader(async (personIds: readonly string[]) => {
      const heads = await log.heads(personIds.map(personStream));
      return personIds.map((id) => heads.get(personStream(id)) ?? 0);
    }),
  };
}
