// The loaders between events and their groups for one request. Membership is checked by the loader
// of conversations.
import type DataLoader from "dataloader";
import { isId } from "#kit/data/id";
import { createLoader } from "#kit/data/loaders";
import type { Database } from "../database.ts";
import { type EventOfGroup, findEventConversations, findEventsOf } from "./store.ts";

export interface EventGroupLoaders {
  /** The id of the conversation of an event; null when there is none. */
  readonly conversationOfEvent: DataLoader<string, string | null>;
  /** The event of a conversation that the viewer may see. */
  readonly eventOfGroup: DataLoader<string, EventOfGroup>;
}

export function createEventGroupLoaders(database: Database): EventGroupLoaders {
  return {
    conversationOfEvent: createLoader("conversationOfEvent", async (eventIds) => {
      const found = await findEventConversations(database, eventIds.filter(isId));
      return eventIds.map((id) => found.get(id) ?? null);
    }),
    eventOfGroup: createLoader("eventOfGroup", (ids) => findEventsOf(database, ids)),
  };
}
