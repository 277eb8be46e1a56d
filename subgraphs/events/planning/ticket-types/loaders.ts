// The loaders of ticket types for one request. They do not check who may see a type.
import type DataLoader from "dataloader";
import { byIdLoader, createLoader } from "#kit/data/loaders";
import type { Database } from "../../database.ts";
import { findTicketTypes, listTicketTypes, type TicketTypeRow } from "./store.ts";

export interface TicketTypeLoaders {
  /** All ticket types of an event, in order. */
  readonly ticketTypes: DataLoader<string, TicketTypeRow[]>;
  readonly ticketType: DataLoader<string, TicketTypeRow | null>;
}

export function createTicketTypeLoaders(database: Database): TicketTypeLoaders {
  return {
    ticketTypes: createLoader("ticketTypes", async (eventIds: readonly string[]) => {
      const rows = await listTicketTypes(database, eventIds);
      return eventIds.map((id) => rows.filter(({ eventId }) => eventId === id));
    }),
    ticketType: byIdLoader("ticketType", (ids) => findTicketTypes(database, ids)),
  };
}
