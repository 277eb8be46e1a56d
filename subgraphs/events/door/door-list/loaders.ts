// The loaders of door lists for one request: one statement for any number of events.
import type DataLoader from "dataloader";
import { createLoader, type PagesLoader, pagesLoader } from "#kit/data/loaders";
import type { Database } from "../../database.ts";
import { eventStream } from "../../streams.ts";
import { type DoorEntryRow, type DoorStart, listDoor, readSeqs } from "./store.ts";

export interface DoorLoaders {
  /** Registrations of door lists, without a check of who may see them. */
  readonly doorEntries: PagesLoader<DoorStart, DoorEntryRow>;
  /** The position of an event's stream. Load it before the entries. */
  readonly doorSeq: DataLoader<string, number>;
}

export function createDoorLoaders(database: Database): DoorLoaders {
  return {
    doorEntries: pagesLoader(
      "doorEntries",
      (eventIds, page) => listDoor(database, eventIds, page),
      (row) => row.eventId,
    ),
    doorSeq: createLoader("doorSeq", async (eventIds: readonly string[]) => {
      const seqs = await readSeqs(database, eventIds.map(eventStream));
      return eventIds.map((id) => seqs.get(eventStream(id)) ?? 0);
    }),
  };
}
